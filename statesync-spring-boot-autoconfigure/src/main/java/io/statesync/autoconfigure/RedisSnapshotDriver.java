package io.statesync.autoconfigure;

import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.spring.redis.RedisKeys;
import io.statesync.spring.redis.RedisSnapshotSource;

/** Reads sources from the application's Redis. */
record RedisSnapshotDriver(RedisServers servers, RedisKeys keys, SnapshotCodec codec) implements SnapshotDriver {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public SnapshotSource open(SourceSettings source) {
        return new RedisSnapshotSource(
                servers.require("statesync.sources." + source.name() + ".snapshots=redis"),
                keys,
                codec,
                source.maxSnapshotSize());
    }
}
