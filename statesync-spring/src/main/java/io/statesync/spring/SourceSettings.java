package io.statesync.spring;

import io.statesync.RevisionProbe;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source of truth that topics are read from.
 *
 * @param name its name in the configuration
 * @param urls its base URLs, http or https; empty if it is reached otherwise
 * @param path the path below the base URL
 * @param events the {@link EventDriver} that brings its invalidations
 * @param snapshots the {@link SnapshotDriver} that reads its snapshots
 * @param probeInterval how often it is asked for current revisions (P8), unless it is this application and none of its topics has
 *     a limit of staleness
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for an answer
 * @param maxSnapshotSize the largest snapshot that is accepted, in bytes
 * @param maxConcurrentFetches how many of its topics are fetched at once (E16)
 * @param connection how the connection for its invalidations is kept, if there is one
 * @param sslBundle the name of an SSL bundle
 */
public record SourceSettings(
        String name,
        List<URI> urls,
        String path,
        String events,
        String snapshots,
        Duration probeInterval,
        Duration connectTimeout,
        Duration readTimeout,
        long maxSnapshotSize,
        int maxConcurrentFetches,
        ConnectionSettings connection,
        @Nullable String sslBundle) {

    /** The name of the source that is this application itself. */
    public static final String LOCAL = "local";

    /** What stands for the other instances of this application, in logs and in the names of threads. */
    static final String INSTANCES = "other-instances";

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

    /** How many topics of a source are fetched at once unless it is said. */
    static final int DEFAULT_MAX_CONCURRENT_FETCHES = 8;

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public SourceSettings {
        urls = List.copyOf(urls);
    }

    /** What stands in for a source where the topic's source of truth is in this application. */
    static SourceSettings local() {
        return here(LOCAL, "application-events");
    }

    /** How the other instances of this application are heard, over a transport that it announces over. */
    static SourceSettings instances(String transport) {
        return here(INSTANCES, transport);
    }

    private static SourceSettings here(String name, String events) {
        Duration probe = RevisionProbe.DEFAULT_INTERVAL;
        return new SourceSettings(
                name,
                List.of(),
                "/",
                events,
                LOCAL,
                probe,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_READ_TIMEOUT,
                Long.MAX_VALUE,
                DEFAULT_MAX_CONCURRENT_FETCHES,
                ConnectionSettings.DEFAULT,
                null);
    }

    /** The property that chooses how its invalidations are heard, for messages. */
    public String eventsProperty() {
        return name.equals(INSTANCES) ? "statesync.announce" : "statesync.sources." + name + ".events";
    }

    /** Whether its snapshots are read from this application's own methods, of whose changes it always knows. */
    boolean isThisApplication() {
        return urls.isEmpty() && snapshots.equals(LOCAL);
    }

    /** For messages: the name, and where it is if that is elsewhere. */
    String description() {
        if (isThisApplication()) {
            return "\"" + name + "\"";
        }
        return "\"" + name + "\" " + (urls.isEmpty() ? "(events: " + events + ", snapshots: " + snapshots + ")" : urls);
    }

    /** What says where it is. */
    String property() {
        return "statesync.sources." + name + (urls.isEmpty() ? "" : ".urls");
    }

    /**
     * Reads one of the base URLs of a source.
     *
     * @throws SetupException if it is not an absolute http or https URL; the message names the property
     */
    public static URI baseUrl(String source, String text) {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            // not as the cause: its message repeats the text, and that may hold a password
            throw notAUrl(source, text, e.getReason());
        }
        if (url.getRawUserInfo() != null) {
            throw new SetupException(
                    "statesync.sources." + source + ".urls holds credentials, in the URL of host \"" + url.getHost()
                            + "\".",
                    "Remove them from the URL. Add them by a RestClientCustomizer, and by a StompHandshakeCustomizer for"
                            + " the web socket.");
        }
        String scheme = url.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
            throw notAUrl(source, text, "it does not begin with http:// or https://");
        }
        if (url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw notAUrl(source, text, "it needs a host, and neither query nor fragment");
        }
        return url;
    }

    /* A password is shown nowhere, least of all in a log. */
    private static String withoutCredentials(String text) {
        return text.replaceAll("^\\s*([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1***@");
    }

    private static SetupException notAUrl(String source, String text, String problem) {
        return new SetupException(
                "statesync.sources." + source + ".urls holds \"" + withoutCredentials(text)
                        + "\", which is no base URL: " + problem + ".",
                "Write the base URL of the source, such as \"https://shop:8080\"; the WebSocket address is derived from it.");
    }
}
