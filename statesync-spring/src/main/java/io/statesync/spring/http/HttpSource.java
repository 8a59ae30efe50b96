package io.statesync.spring.http;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.RevisionReader;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.json.SnapshotCodec;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.List;

/**
 * A source of truth in another process, read over HTTP: one object per source, whose providers and reader share what is
 * known of its instances. Safe for use by any thread. Every call blocks; an interrupt ends it with an {@link
 * InterruptedException}, over the JDK's client at once, over {@code HttpURLConnection} not before its read time-out.
 *
 * <p>What it throws tells causes apart: {@link io.statesync.ProtocolException} for what breaks the protocol, {@link
 * HttpSourceException} for everything else.
 */
public final class HttpSource {

    private final Instances instances;
    private final JsonExchange exchange;
    private final SnapshotCodec codec;
    private final SnapshotSizes sizes;

    HttpSource(Instances instances, JsonExchange exchange, SnapshotCodec codec, SnapshotSizes sizes) {
        this.instances = instances;
        this.exchange = exchange;
        this.codec = codec;
        this.sizes = sizes;
    }

    /**
     * A source with one or several instances; the first answers until it fails.
     *
     * @param urls such as {@code https://shop:8080}
     */
    public static HttpSourceBuilder at(List<URI> urls) {
        return new HttpSourceBuilder(urls);
    }

    /**
     * Reads one topic. Conditional: where the replica has what came last, a 304 takes the place of the body.
     *
     * @param type what the data is
     */
    public <T> ConditionalSnapshotProvider<T> provider(String topic, Type type) {
        return new HttpSnapshotProvider<>(instances, exchange, codec, topic, type, sizes);
    }

    /** Asks for the current revisions of many topics in one request (P8). */
    public RevisionReader revisions() {
        return new HttpRevisionReader(instances, exchange);
    }
}
