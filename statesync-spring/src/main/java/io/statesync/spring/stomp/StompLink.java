package io.statesync.spring.stomp;

import io.statesync.policy.Scheduler;
import io.statesync.spring.json.InvalidationCodec;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.TextMessage;

/**
 * Keeps one connection for many topics: connects while there is a subscription, in turn to each URL, subscribes all of them
 * again after a loss, and finds out which one a server refused. Steps run under the lock and put what else is to be done
 * into {@link Steps}, which run after the unlock.
 */
final class StompLink implements StompConnection.Owner {

    /** A connection that held that long was a good one: its loss begins a new incident. */
    private static final Duration STABLE = Duration.ofSeconds(5);

    private final LinkTerms terms;
    private final LinkOwner owner;
    private final Scheduler scheduler;
    private final InvalidationCodec codec = new InvalidationCodec();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Map<String, TopicSubscription> subscriptions = new LinkedHashMap<>();
    private final PendingSubscriptions pending = new PendingSubscriptions();
    private @Nullable StompConnection connection;
    private boolean ready;
    private boolean retrying;
    private boolean flushing;
    private boolean awaitingReceipts;
    private boolean closed;
    private long readySince;
    private long lastProgress;
    private int failures;
    private int attempts;
    private @Nullable URI lastUrl;
    private @Nullable Throwable lastError;

    StompLink(LinkTerms terms, LinkOwner owner) {
        this.terms = terms;
        this.owner = owner;
        this.scheduler = terms.connection().scheduler();
    }

    /** One step: its body under the lock, and what it left to do after it. */
    private void step(Consumer<Steps> body) {
        Steps steps = new Steps();
        lock.lock();
        try {
            body.accept(steps);
        } finally {
            lock.unlock();
        }
        steps.run();
    }

    private <V extends @Nullable Object> V read(Supplier<V> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    /** @throws IllegalStateException if it is closed */
    void add(TopicSubscription subscription) {
        step(steps -> {
            if (closed) {
                throw new IllegalStateException(
                        "the STOMP transport is closed: topic \"" + subscription.topic() + "\" cannot be subscribed");
            }
            subscriptions.put(subscription.id(), subscription);
            if (ready) {
                pending.queue(subscription);
                flush(steps);
            } else if (connection == null && !retrying) {
                connect(steps);
            }
        });
    }

    void remove(TopicSubscription subscription) {
        step(steps -> {
            if (subscriptions.remove(subscription.id(), subscription)) {
                pending.leave(subscription);
                flush(steps);
                if (subscriptions.isEmpty()) {
                    steps.add(() -> scheduler.schedule(() -> step(this::endIdle), terms.idleTimeout()));
                }
            }
        });
    }

    void close() {
        step(steps -> {
            closed = true;
            disconnect(steps);
            for (TopicSubscription abandoned : subscriptions.values()) {
                steps.add(() -> abandoned.abandoned(new IllegalStateException(
                        "the STOMP transport was closed before topic \"" + abandoned.topic() + "\" was subscribed")));
            }
            subscriptions.clear();
        });
    }

    StompConnectionState state() {
        return read(() -> new StompConnectionState(ready, lastUrl, failures, lastError));
    }

    private void connect(Steps steps) {
        URI url = terms.urls().get(attempts++ % terms.urls().size());
        StompConnection next = new StompConnection(url, terms.connection(), this);
        lastUrl = url;
        connection = next;
        steps.add(next::start);
    }

    private void reconnect(Steps steps) {
        retrying = false;
        if (!closed && connection == null && !subscriptions.isEmpty()) {
            connect(steps);
        }
    }

    private void endIdle(Steps steps) {
        if (subscriptions.isEmpty()) {
            disconnect(steps);
        }
    }

    private void disconnect(Steps steps) {
        StompConnection open = connection;
        if (open != null) {
            forgetConnection();
            failures = 0;
            steps.add(open::disconnect);
        }
    }

    private void forgetConnection() {
        connection = null;
        ready = false;
        awaitingReceipts = false;
        pending.clear();
    }

    @Override
    public void connected(StompConnection from) {
        step(steps -> {
            if (from == connection) {
                ready = true;
                readySince = scheduler.now();
                lastError = null;
                pending.queueAll(subscriptions.values());
                steps.add(() -> owner.connected(from.url()));
                flush(steps);
            }
        });
    }

    /** Has the queued frames sent, by one thread at a time, outside the lock. */
    private void flush(Steps steps) {
        StompConnection to = connection;
        if (to != null && ready && !flushing && pending.hasWork()) {
            flushing = true;
            steps.add(() -> to.inBackground(this::sendAll, () -> step(refused -> flushing = false)));
        }
    }

    private void sendAll() {
        // one frame after the other: a send may block, and the lock is free meanwhile
        while (sendNext()) {}
    }

    private boolean sendNext() {
        AtomicBoolean more = new AtomicBoolean();
        step(steps -> {
            StompConnection to = ready ? connection : null;
            TextMessage frame = to == null ? null : pending.nextFrame();
            if (to != null && frame != null) {
                lastProgress = scheduler.now();
                steps.add(() -> to.send(frame));
                more.set(true);
            } else {
                flushing = false;
                awaitReceipts(steps);
            }
        });
        return more.get();
    }

    private void awaitReceipts(Steps steps) {
        StompConnection from = connection;
        if (from != null && ready && !awaitingReceipts && pending.hasUnconfirmed()) {
            awaitingReceipts = true;
            checkReceiptsIn(terms.receiptTimeout(), from, steps);
        }
    }

    private void checkReceiptsIn(Duration delay, StompConnection from, Steps steps) {
        steps.add(() -> scheduler.schedule(() -> step(later -> checkReceipts(from, later)), delay));
    }

    /* A server without receipts: what it did not refuse counts as active, and the probe is the safety net. */
    private void checkReceipts(StompConnection from, Steps steps) {
        if (from != connection || !ready) {
            return;
        }
        Duration left = terms.receiptTimeout().minusNanos(scheduler.now() - lastProgress);
        if (!pending.hasUnconfirmed()) {
            awaitingReceipts = false;
        } else if (left.isNegative() || left.isZero()) {
            awaitingReceipts = false;
            List<TopicSubscription> assumed = pending.confirmAll();
            steps.add(() -> owner.unconfirmed(from.url(), assumed.size()));
            assumed.forEach(steps::wake);
            flush(steps);
        } else {
            checkReceiptsIn(left, from, steps);
        }
    }

    @Override
    public void confirmed(StompConnection from, String receiptId) {
        step(steps -> {
            if (from == connection) {
                lastProgress = scheduler.now();
                steps.wake(pending.confirm(receiptId));
                flush(steps);
            }
        });
    }

    @Override
    public void message(StompConnection from, @Nullable String subscriptionId, byte[] payload) {
        if (subscriptionId == null) {
            owner.misaddressed(payload);
            return;
        }
        TopicSubscription subscription = read(() -> subscriptions.get(subscriptionId));
        if (subscription != null) {
            subscription.received(codec.decode(payload));
            subscription.wake();
        }
    }

    @Override
    public void ended(StompConnection from, Throwable cause) {
        step(steps -> {
            if (from == connection) {
                ended(from.url(), cause, steps);
            }
        });
    }

    private void ended(URI url, Throwable cause, Steps steps) {
        boolean wasReady = ready;
        boolean stable = ready && scheduler.now() - readySince >= STABLE.toNanos();
        failures = stable ? 1 : failures + 1;
        lastError = cause;
        TopicSubscription refused = ready ? pending.refused(cause) : null;
        forgetConnection();
        for (TopicSubscription subscription : subscriptions.values()) {
            subscription.lost(cause);
            steps.wake(subscription);
        }
        if (refused != null && !(terms.keepsRefused() && refused.everConfirmed())) {
            subscriptions.remove(refused.id());
            steps.add(() -> owner.refused(refused, url, cause));
        }
        retry(url, cause, wasReady, refused != null, steps);
    }

    private void retry(URI url, Throwable cause, boolean wasReady, boolean explained, Steps steps) {
        Duration delay = terms.backoff().delay(failures);
        int failed = failures;
        if (!subscriptions.isEmpty()) {
            retrying = true;
            steps.add(() -> scheduler.schedule(() -> step(this::reconnect), delay));
        }
        steps.add(() -> {
            if (wasReady && !explained) {
                owner.lost(url, cause);
            } else if (!wasReady) {
                owner.connectFailed(url, cause, failed, delay);
            }
        });
    }
}
