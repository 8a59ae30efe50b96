package io.statesync.sample;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the sample itself.
 *
 * @param dataDir where files are kept; relative to the working directory
 * @param sourceUrl the source that a replica copies
 * @param pageOrigins the pages that may talk to a replica; {@code http://localhost:*} is a pattern
 * @param replicas further replicas for a source's page to show
 * @param companion the replica that a source starts beside itself
 */
@ConfigurationProperties("sample")
record SampleProperties(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("http://localhost:8080") URI sourceUrl,

        @DefaultValue({"http://localhost:8080", "http://127.0.0.1:8080"})
        List<String> pageOrigins,

        @DefaultValue List<URI> replicas,
        @DefaultValue Companion companion) {

    /**
     * The companion.
     *
     * @param enabled whether there is one; never with a profile
     * @param port where; 0 for any that is free
     */
    record Companion(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("8081") int port) {

        Companion {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("sample.companion.port is " + port + ": write 0 to 65535.");
            }
        }
    }
}
