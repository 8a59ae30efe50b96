package io.statesync.spring.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.json.InvalidationCodec;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One life of the connection that listens: from the first question to the first sign that it is lost. The question is
 * {@code SUBSCRIBE}, again and again: each answer confirms the subscription itself, in every version of the protocol.
 *
 * <p>The client's thread for this connection tells what happens on it, one thing at a time; the end is told when the
 * connection is closed, so after everything else.
 */
final class RedisSession extends RedisPubSubAdapter<String, byte[]> implements RedisConnectionStateListener {

    private final StatefulRedisPubSubConnection<String, byte[]> connection;
    private final RedisTransportBuilder settings;
    private final ChannelSubscriptions subscriptions;
    private final Runnable onSubscribed;
    private final Consumer<Throwable> onEnd;
    private final InvalidationCodec codec = new InvalidationCodec();

    private final AtomicBoolean confirmed = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Whether anything came since the last question. */
    private volatile boolean heard;

    RedisSession(
            StatefulRedisPubSubConnection<String, byte[]> connection,
            RedisTransportBuilder settings,
            ChannelSubscriptions subscriptions,
            Runnable onSubscribed,
            Consumer<Throwable> onEnd) {
        this.connection = connection;
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.onSubscribed = onSubscribed;
        this.onEnd = onEnd;
    }

    /** Subscribes. Called once. */
    void begin() {
        connection.addListener((RedisConnectionStateListener) this);
        connection.addListener((RedisPubSubListener<String, byte[]>) this);
        ask();
    }

    /** Disconnects, and waits for it; nobody is told. Idempotent. */
    void close() {
        if (over.compareAndSet(false, true)) {
            connection.close();
        }
    }

    /* Closes the connection, so that the client does not make it anew by itself. The end is told once. Does not block. */
    private void end(Throwable cause) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (settings.connections.isRunning()) {
            connection.closeAsync().whenComplete((closed, error) -> onEnd.accept(cause));
        } else {
            // it is the client that closes it
            onEnd.accept(cause);
        }
    }

    private void ask() {
        heard = false;
        try {
            connection.async().subscribe(settings.channel.name()).whenComplete((subscribed, refusal) -> {
                if (refusal != null) {
                    end(refusal);
                }
            });
            settings.scheduler.schedule(this::answered, settings.heartbeat);
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void answered() {
        if (over.get()) {
            return;
        }
        if (heard) {
            ask();
        } else {
            end(new IOException("Redis has not answered for " + settings.heartbeat));
        }
    }

    @Override
    public void subscribed(String channel, long count) {
        heard = true;
        if (!over.get() && confirmed.compareAndSet(false, true)) {
            onSubscribed.run();
        }
    }

    @Override
    public void message(String channel, byte[] message) {
        heard = true;
        if (!over.get()) {
            subscriptions.received(codec.decode(message));
        }
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
        end(new IOException("the connection to Redis was lost"));
    }
}
