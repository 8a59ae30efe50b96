package io.statesync.test;

import io.statesync.InvalidationHandler;
import io.statesync.InvalidationSubscriber;
import io.statesync.ReceivedInvalidation;
import io.statesync.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One subscriber's end of a {@link SimulatedBus}: it can hold what arrives and hand it on later, in any order. */
public final class SimulatedLink implements InvalidationSubscriber {

    private final SimulatedBus bus;
    private final InvalidationSubscriber carrier;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    SimulatedLink(SimulatedBus bus, InvalidationSubscriber carrier) {
        this.bus = bus;
        this.carrier = carrier;
    }

    /** Keeps what arrives from now on. */
    public void hold() {
        holding = true;
    }

    /** Delivers what was kept, in its order, and holds no more. */
    public void release() {
        holding = false;
        List<Runnable> deliveries = List.copyOf(held);
        held.clear();
        deliveries.forEach(Runnable::run);
    }

    /** Delivers what was kept, the newest first, and holds no more. */
    public void releaseReversed() {
        Collections.reverse(held);
        release();
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Ear ear = new Ear(handler);
        return ear.on(carrier.subscribe(topic, ear));
    }

    /** Between the carrier and the handler; the faults happen here. */
    private final class Ear implements InvalidationHandler {

        private final InvalidationHandler handler;
        private volatile boolean closed;

        Ear(InvalidationHandler handler) {
            this.handler = handler;
        }

        Subscription on(Subscription subscription) {
            return new Subscription() {
                @Override
                public CompletionStage<Void> active() {
                    return subscription.active();
                }

                @Override
                public void close() {
                    closed = true;
                    subscription.close();
                }
            };
        }

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            ReceivedInvalidation event = new ReceivedInvalidation(topic, revision, sourceId, timestampMs, traceparent);
            for (int copy = bus.copies(); copy > 0; copy--) {
                bus.travel(() -> arrive(event));
            }
        }

        private void arrive(ReceivedInvalidation event) {
            if (holding) {
                held.add(() -> deliver(event));
            } else {
                deliver(event);
            }
        }

        private void deliver(ReceivedInvalidation event) {
            if (!closed && !bus.isWithdrawn(event)) {
                handler.onInvalidation(
                        event.topic(), event.revision(), event.sourceId(), event.timestampMs(), event.traceparent());
            }
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            handler.onMalformed(payload, error);
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            handler.onConnectionLost(cause);
        }

        @Override
        public void onConnectionRestored() {
            handler.onConnectionRestored();
        }
    }
}
