package io.statesync.autoconfigure;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.redis.RedisKeys;
import io.statesync.spring.redis.RedisRevisionCounter;

/** Counts in the application's Redis. */
record RedisCounterDriver(RedisServers servers, RedisKeys keys) implements CounterDriver {

    /** What asks for it. */
    static final String PROPERTY = "statesync.counter=redis";

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public RevisionCounter open() {
        return RedisRevisionCounter.hybrid(servers.require(PROPERTY), keys);
    }
}
