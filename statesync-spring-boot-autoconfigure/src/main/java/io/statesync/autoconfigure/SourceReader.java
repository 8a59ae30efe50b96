package io.statesync.autoconfigure;

import io.statesync.spring.ConnectionSettings;
import io.statesync.spring.SetupException;
import io.statesync.spring.SourceSettings;

/** Reads the settings of a source. */
final class SourceReader {

    private SourceReader() {}

    static SourceSettings source(String name, StateSyncProperties.Source it) {
        String prefix = "statesync.sources." + name;
        boolean remote = !it.urls().isEmpty();
        String events = it.events() != null ? it.events() : remote ? "stomp" : "application-events";
        String snapshots = it.snapshots() != null ? it.snapshots() : remote ? "http" : SourceSettings.LOCAL;
        if (!remote && (events.equals("stomp") || snapshots.equals("http"))) {
            throw new SetupException(
                    "Source \"" + name + "\" is read over " + (snapshots.equals("http") ? "http" : "stomp")
                            + ", but it has no URL.",
                    "Set " + prefix + ".urls to its base URL, such as \"https://shop:8080\".");
        }
        return new SourceSettings(
                name,
                it.urls().stream().map(url -> SourceSettings.baseUrl(name, url)).toList(),
                Paths.requireValid(prefix + ".path", it.path()),
                events,
                snapshots,
                Checks.positive(prefix + ".probe-interval", it.probeInterval()),
                Checks.positive(prefix + ".connect-timeout", it.connectTimeout()),
                Checks.positive(prefix + ".read-timeout", it.readTimeout()),
                Checks.size(prefix + ".max-snapshot-size", it.maxSnapshotSize(), Long.MAX_VALUE)
                        .toBytes(),
                Checks.atLeast(1, prefix + ".max-concurrent-fetches", it.maxConcurrentFetches()),
                connection(prefix, it),
                it.sslBundle());
    }

    private static ConnectionSettings connection(String prefix, StateSyncProperties.Source it) {
        return new ConnectionSettings(
                Checks.millis(prefix + ".heartbeat", it.heartbeat()),
                Checks.positive(prefix + ".receipt-timeout", it.receiptTimeout()),
                Checks.backoff(
                        prefix + ".reconnect",
                        it.reconnect().initial(),
                        it.reconnect().max()));
    }
}
