package io.statesync.test;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.Subscription;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The test bed on a transport that a subclass names. */
abstract class TransportTestBed extends EngineTestBed {

    final AtomicInteger open = new AtomicInteger();

    /** The receiving half of the transport. */
    protected abstract InvalidationSubscriber subscriber();

    /** The sending half of the transport: what it takes arrives at {@link #subscriber()}. */
    protected abstract InvalidationPublisher publisher();

    RevisionSyncBuilder<String> builder() {
        return builderOn(counted(subscriber()));
    }

    RevisionSync<String> started() {
        return start(builder());
    }

    /** Announces, and waits until the engine has heard it. */
    void announce(long revision) {
        int heard = listener.invalidations().size();
        publisher().publish(InvalidationEvent.of(topic, rev(revision)));
        until(() -> listener.invalidations().size() > heard);
    }

    /** The source is at this revision and says so. */
    void change(long revision) {
        provider.answer(revision, "state " + revision);
        announce(revision);
    }

    /** Waits until all that was announced is done: a stale event goes through behind it. */
    void quiet() {
        announce(0);
        settle();
    }

    private InvalidationSubscriber counted(InvalidationSubscriber target) {
        return (subscribed, handler) -> {
            Subscription subscription = target.subscribe(subscribed, handler);
            open.incrementAndGet();
            return new Counted(subscription, open);
        };
    }

    private record Counted(Subscription target, AtomicInteger open, AtomicBoolean closed) implements Subscription {

        Counted(Subscription target, AtomicInteger open) {
            this(target, open, new AtomicBoolean());
        }

        @Override
        public CompletionStage<Void> active() {
            return target.active();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
            target.close();
        }
    }
}
