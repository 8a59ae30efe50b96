package io.statesync.spring.redis;

import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Describes a {@link RedisTransport}. Not safe for use by several threads. */
public final class RedisTransportBuilder {

    final LettuceConnectionFactory connections;
    RedisChannel channel = RedisChannel.DEFAULT;
    String name = "source";
    Scheduler scheduler = Scheduler.system();
    Backoff backoff = Backoff.RECONNECT;
    Duration heartbeat = Duration.ofSeconds(5);
    Runnable connected = () -> {};
    Consumer<? super Throwable> disconnected = cause -> {};
    SyncListener strays = SyncListener.NONE;

    RedisTransportBuilder(LettuceConnectionFactory connections) {
        this.connections = connections;
    }

    /** The channel; by default {@code statesync}. */
    public RedisTransportBuilder channel(RedisChannel newChannel) {
        this.channel = newChannel;
        return this;
    }

    /** What threads and logs call this source. */
    public RedisTransportBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public RedisTransportBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** How long to wait before the next attempt to connect; by default {@link Backoff#RECONNECT}. */
    public RedisTransportBuilder backoff(Backoff newBackoff) {
        this.backoff = newBackoff;
        return this;
    }

    /**
     * How often the server is asked whether it is there (5 s). A connection that has not answered when the next question is
     * due is given up: at the latest after twice that time.
     */
    public RedisTransportBuilder heartbeat(Duration newHeartbeat) {
        this.heartbeat = Durations.positive("heart-beat of the Redis transport", newHeartbeat);
        return this;
    }

    /**
     * Hear of the connection, on a thread of its own that must not be blocked: it is subscribed, or it was lost or could not
     * be had. An orderly stop of the factory is no loss.
     */
    public RedisTransportBuilder connectionListener(Runnable onConnected, Consumer<? super Throwable> onDisconnected) {
        this.connected = onConnected;
        this.disconnected = onDisconnected;
        return this;
    }

    /** Hears of messages that belong to no topic, by {@link SyncListener#onError} with no topic. */
    public RedisTransportBuilder listener(SyncListener newListener) {
        this.strays = newListener;
        return this;
    }

    /** Builds it; nothing is connected before the first subscription. */
    public RedisTransport build() {
        return new RedisTransport(this);
    }
}
