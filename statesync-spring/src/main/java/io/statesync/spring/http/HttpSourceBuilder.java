package io.statesync.spring.http;

import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.json.SnapshotCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Describes an {@link HttpSource}. */
public final class HttpSourceBuilder {

    /** How large a body may be unless said otherwise. */
    public static final long DEFAULT_MAX_SNAPSHOT_SIZE = 64L * 1024 * 1024;

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

    private final List<URI> urls;
    private String path = "/statesync";
    private RestClient.@Nullable Builder client;
    private @Nullable SnapshotCodec codec;
    private long maxSnapshotSize = DEFAULT_MAX_SNAPSHOT_SIZE;
    private InstantSource clock = InstantSource.system();
    private SnapshotSizes sizes = SnapshotSizes.NONE;

    HttpSourceBuilder(List<URI> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a source needs at least one url, such as https://shop:8080");
        }
        urls.forEach(HttpSourceBuilder::requireUsable);
        this.urls = List.copyOf(urls);
    }

    private static void requireUsable(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (url.getRawUserInfo() != null) {
            // not shown: it holds a password
            throw new IllegalArgumentException("the url of the source at host \"" + url.getHost()
                    + "\" holds credentials; add them in a RestClientCustomizer instead");
        }
        if (!web || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is no url of a source: write scheme, host and port, as in" + " https://shop:8080");
        }
    }

    /** Where the source has its endpoints, below each url; {@code /statesync} unless said otherwise. */
    public HttpSourceBuilder path(String newPath) {
        this.path = EndpointPath.requireUsable(newPath);
        return this;
    }

    /**
     * The client with the application's credentials, TLS and time-outs. Without one: a connect time-out of 2 s and a read
     * time-out, body included, of 10 s.
     */
    public HttpSourceBuilder client(RestClient.Builder newClient) {
        this.client = newClient;
        return this;
    }

    /** The codec with the application's mapper. */
    public HttpSourceBuilder codec(SnapshotCodec newCodec) {
        this.codec = newCodec;
        return this;
    }

    /** The largest body, in bytes, counted while it is read, and again after it is unpacked. */
    public HttpSourceBuilder maxSnapshotSize(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("max-snapshot-size must be at least 1 byte, got " + bytes);
        }
        this.maxSnapshotSize = bytes;
        return this;
    }

    /** Who hears how large the snapshots are. */
    public HttpSourceBuilder sizes(SnapshotSizes newSizes) {
        this.sizes = newSizes;
        return this;
    }

    /** The wall clock, to read a {@code Retry-After} that is a date. */
    HttpSourceBuilder clock(InstantSource newClock) {
        this.clock = newClock;
        return this;
    }

    /** The source. Connects to nothing yet. */
    public HttpSource build() {
        RestClient.Builder builder = client == null ? withTimeouts() : client.clone();
        SnapshotCodec used =
                codec == null ? new SnapshotCodec(JsonMapper.builder().build()) : codec;
        JsonExchange exchange = new JsonExchange(builder.build(), maxSnapshotSize, new RefusedStatus(clock));
        return new HttpSource(new Instances(urls.stream().map(this::base).toList()), exchange, used, sizes);
    }

    private URI base(URI url) {
        String text = url.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private static RestClient.Builder withTimeouts() {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(DEFAULT_CONNECT_TIMEOUT).build();
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
        factory.setReadTimeout(DEFAULT_READ_TIMEOUT);
        return RestClient.builder().requestFactory(factory);
    }
}
