package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.redis.RedisChannel;
import io.statesync.spring.redis.RedisPublisher;

/** Announces by PUBLISH. */
record RedisAnnouncementDriver(RedisServers servers, RedisChannel channel) implements AnnouncementDriver {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public InvalidationPublisher open() {
        return new RedisPublisher(servers.require("statesync.announce=redis"), channel);
    }
}
