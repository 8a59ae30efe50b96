package io.statesync.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Topics from properties and annotations, their engines, publishing and the life cycle. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "statesync.enabled", matchIfMissing = true)
@EnableConfigurationProperties(StateSyncProperties.class)
public final class StateSyncAutoConfiguration {}
