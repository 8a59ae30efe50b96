package io.statesync.spring.delivery;

import io.statesync.InvalidationHandler;
import io.statesync.Subscription;
import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.Topic;
import io.statesync.spring.json.InvalidationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of a transport that hears all topics on one channel: active while the channel is, each told once of a
 * loss and once of the return. Any thread subscribes; the channel's own thread tells what happens on it, one thing at a
 * time.
 */
public final class ChannelSubscriptions {

    private static final Logger log = LoggerFactory.getLogger(ChannelSubscriptions.class);

    private final Executor handlers;
    private final SyncListener strays;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Map<String, List<Listening>> byTopic = new HashMap<>();
    private boolean connected;
    private @Nullable Throwable closed;

    /**
     * @param handlers where handlers are called
     * @param strays hears, by {@link SyncListener#onError}, of messages that name no topic, and so are nobody's (E6)
     */
    public ChannelSubscriptions(Executor handlers, SyncListener strays) {
        this.handlers = handlers;
        this.strays = strays;
    }

    /**
     * Adds a subscription; it becomes active when the channel is.
     *
     * @throws IllegalStateException if the transport is closed
     */
    public Subscription add(String topic, InvalidationHandler handler) {
        Listening added = new Listening(topic, new Mailbox(Topic.requireValid(topic), handler, handlers));
        lock.lock();
        try {
            if (closed != null) {
                throw new IllegalStateException("topic \"" + topic + "\": " + closed.getMessage(), closed);
            }
            byTopic.computeIfAbsent(topic, it -> new ArrayList<>(1)).add(added);
            if (connected) {
                added.up();
            }
        } finally {
            lock.unlock();
        }
        added.mailbox.wake();
        return added;
    }

    /** The channel is heard from now on. */
    public void connected() {
        wake(all(() -> connected = true, Listening::up));
    }

    /** The channel is not heard any more; what is said meanwhile is missed. */
    public void lost(@Nullable Throwable cause) {
        wake(all(() -> connected = false, it -> it.down(cause)));
    }

    /** A message came over the channel. */
    public void received(InvalidationMessage message) {
        String topic = message.topic();
        if (topic == null) {
            stray(message);
            return;
        }
        List<Listening> concerned;
        lock.lock();
        try {
            concerned = List.copyOf(byTopic.getOrDefault(topic, List.of()));
            concerned.forEach(it -> it.mailbox.put(new Letter.Received(message)));
        } finally {
            lock.unlock();
        }
        wake(concerned);
    }

    /** The transport is closed: what is not active yet never will be, and nobody hears anything. */
    public void close(Throwable reason) {
        List<Listening> ended = all(() -> closed = reason, it -> {});
        ended.forEach(it -> it.abandoned(reason));
    }

    private void stray(InvalidationMessage message) {
        if (message instanceof InvalidationMessage.Malformed malformed) {
            SyncErrorContext error = new SyncErrorContext(
                    SyncPhase.PROTOCOL,
                    null,
                    malformed.error(),
                    null,
                    null,
                    null,
                    null,
                    malformed.payload(),
                    0,
                    false,
                    null);
            try {
                handlers.execute(() -> strays.onError(error));
            } catch (RejectedExecutionException e) {
                log.debug("The transport is closed, nobody is told of a message without a topic", e);
            }
        }
    }

    private List<Listening> all(Runnable change, Consumer<Listening> each) {
        List<Listening> all = new ArrayList<>();
        lock.lock();
        try {
            change.run();
            byTopic.values().forEach(all::addAll);
            all.forEach(each);
        } finally {
            lock.unlock();
        }
        return all;
    }

    /* Not under the lock: it calls the executor. */
    private static void wake(List<Listening> listening) {
        listening.forEach(it -> it.mailbox.wake());
    }

    private final class Listening implements Subscription {

        private final String topic;
        private final Mailbox mailbox;
        private final CompletableFuture<Void> active = new CompletableFuture<>();

        /* guarded by lock */
        private boolean everUp;
        private boolean up;

        Listening(String topic, Mailbox mailbox) {
            this.topic = topic;
            this.mailbox = mailbox;
        }

        void up() {
            if (!everUp) {
                mailbox.put(new Letter.Outcome(() -> active.complete(null)));
            } else if (!up) {
                mailbox.put(new Letter.Restored());
            }
            everUp = true;
            up = true;
        }

        void down(@Nullable Throwable cause) {
            if (up) {
                up = false;
                mailbox.put(new Letter.Lost(cause));
            }
        }

        void abandoned(Throwable reason) {
            mailbox.close();
            active.completeExceptionally(reason);
        }

        @Override
        public CompletionStage<Void> active() {
            return active.minimalCompletionStage();
        }

        @Override
        public void close() {
            mailbox.close();
            lock.lock();
            try {
                List<Listening> others = byTopic.get(topic);
                if (others != null && others.remove(this) && others.isEmpty()) {
                    byTopic.remove(topic);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
