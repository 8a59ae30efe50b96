package io.statesync.spring.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.statesync.spring.delivery.ChannelSubscriptions;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that listens: one {@link RedisSession} at a time, and between two of them a timer. It does not leave the
 * reconnect to the client, which would make it in silence.
 */
final class RedisListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisListener.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisTransportBuilder settings;
    private final ChannelSubscriptions subscriptions;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable RedisSession current;
    private boolean closed;

    /** How many attempts in a row had no success. Written by the one session, or attempt, that there is at a time. */
    private volatile int failures;

    RedisListener(RedisTransportBuilder settings, ChannelSubscriptions subscriptions, Executor executor) {
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.executor = executor;
    }

    /** Connects, and goes on connecting until it is closed. Called once. */
    void start() {
        try {
            executor.execute(this::connect);
        } catch (RejectedExecutionException e) {
            log.debug("Source {}: the transport is closed, and does not connect", settings.name, e);
        }
    }

    @Override
    public void close() {
        RedisSession ending;
        lock.lock();
        try {
            closed = true;
            ending = current;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.close();
        }
    }

    private void connect() {
        try {
            RedisSession session = new RedisSession(open(), settings, subscriptions, this::subscribed, this::ended);
            if (begin(session)) {
                session.begin();
            } else {
                session.close();
            }
        } catch (RuntimeException | Error e) {
            ended(e);
        }
    }

    /* Blocks for as long as the factory's client may take to connect. A restart of the factory gives it another client. */
    private StatefulRedisPubSubConnection<String, byte[]> open() {
        AbstractRedisClient client = settings.connections.getRequiredNativeClient();
        return client instanceof RedisClusterClient cluster
                ? cluster.connectPubSub(CODEC)
                : ((RedisClient) client).connectPubSub(CODEC);
    }

    private void subscribed() {
        failures = 0;
        subscriptions.connected();
        tell(settings.connected);
    }

    private void ended(Throwable cause) {
        if (!end()) {
            return;
        }
        failures++;
        subscriptions.lost(cause);
        if (settings.connections.isRunning()) {
            tell(() -> settings.disconnected.accept(cause));
        } else {
            log.debug("Source {}: the connection factory was stopped", settings.name, cause);
        }
        settings.scheduler.schedule(this::start, settings.backoff.delay(failures));
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            log.warn("A listener of source {} threw", settings.name, e);
        }
    }

    private boolean begin(RedisSession session) {
        lock.lock();
        try {
            if (!closed) {
                current = session;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /* Whether there is to be another session. */
    private boolean end() {
        lock.lock();
        try {
            current = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
