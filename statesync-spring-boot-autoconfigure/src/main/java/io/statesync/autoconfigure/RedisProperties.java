package io.statesync.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Revisions, snapshots and invalidations in Redis.
 *
 * @param channel Name of the channel for all topics; applications that are not to hear each other have one each.
 * @param keyPrefix Beginning of the keys of all topics.
 */
record RedisProperties(
        @DefaultValue("statesync") String channel,
        @DefaultValue("statesync:") String keyPrefix) {}
