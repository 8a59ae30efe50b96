package io.statesync.spring.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.delivery.ChannelTransport;
import io.statesync.spring.delivery.Reconnects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that listens: one {@link RedisSession} at a time, and between two of them a timer. It does not leave the
 * reconnect to the client, which would make it in silence.
 */
final class RedisListener implements ChannelTransport.Keeper {

    private static final Logger log = LoggerFactory.getLogger(RedisListener.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisTransportBuilder settings;
    private final ChannelSubscriptions subscriptions;
    private final Reconnects reconnects;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable RedisSession current;
    private boolean closed;

    RedisListener(RedisTransportBuilder settings, ChannelSubscriptions subscriptions, Executor executor) {
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.reconnects = new Reconnects(
                new Reconnects.Terms(
                        settings.name, settings.scheduler, settings.backoff, settings.connected, this::disconnected),
                subscriptions,
                executor,
                this::connect);
    }

    @Override
    public void start() {
        reconnects.begin();
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
            RedisSession session =
                    new RedisSession(open(), settings, subscriptions, reconnects::connected, this::ended);
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

    private void ended(Throwable cause) {
        if (end()) {
            reconnects.lost(cause);
        }
    }

    /* An orderly stop of the factory is no incident. */
    private void disconnected(Throwable cause) {
        if (settings.connections.isRunning()) {
            settings.disconnected.accept(cause);
        } else {
            log.debug("Source {}: the connection factory was stopped", settings.name, cause);
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
