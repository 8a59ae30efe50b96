package io.statesync.sample;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the sample itself.
 *
 * @param dataDir where a source keeps its feature flags; relative to the working directory
 * @param sourceUrl the source that a replica copies
 */
@ConfigurationProperties("sample")
record SampleProperties(
        @DefaultValue("./data") Path dataDir,
        @DefaultValue("http://localhost:8080") URI sourceUrl) {}
