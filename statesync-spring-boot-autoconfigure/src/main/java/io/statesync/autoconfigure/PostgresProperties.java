package io.statesync.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Invalidations by LISTEN and NOTIFY.
 *
 * @param channel Name of the channel for all topics; applications that are not to hear each other have one each.
 * @param url JDBC URL of the connection that listens, which must not lead through a pooler; by default that of the
 *     application's DataSource.
 * @param username User of the connection that listens; by default that of the application's DataSource.
 * @param password Password of the connection that listens; by default that of the application's DataSource.
 */
record PostgresProperties(
        @DefaultValue("statesync") String channel,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {}
