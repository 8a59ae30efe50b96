package io.statesync.spring.delivery;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the one channel of a transport: a thread listens to it while it is there; while it is not, a timer waits for the next
 * attempt.
 */
public final class ChannelKeeper implements ChannelTransport.Keeper {

    private final Reconnects reconnects;
    private final Callable<? extends Channel> opener;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable Channel open;
    private boolean closed;

    /**
     * @param opener connects, and returns when the channel is heard; blocks
     * @param executor where a thread listens
     */
    public ChannelKeeper(
            Reconnects.Terms terms,
            Callable<? extends Channel> opener,
            ChannelSubscriptions subscriptions,
            Executor executor) {
        this.reconnects = new Reconnects(terms, subscriptions, executor, this::session);
        this.opener = opener;
    }

    @Override
    public void start() {
        reconnects.begin();
    }

    @Override
    public void close() {
        Channel ending;
        lock.lock();
        try {
            closed = true;
            ending = open;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.abort();
        }
    }

    /* One life of the channel. */
    private void session() {
        Throwable cause = null;
        try (Channel channel = opener.call()) {
            if (begin(channel)) {
                reconnects.connected();
                while (isOpen()) {
                    channel.listen();
                }
            }
        } catch (Exception | Error e) {
            cause = e;
        }
        if (end() && cause != null) {
            reconnects.lost(cause);
        }
    }

    private boolean begin(Channel channel) {
        lock.lock();
        try {
            open = channel;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /* Whether there is to be another life. */
    private boolean end() {
        lock.lock();
        try {
            open = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
