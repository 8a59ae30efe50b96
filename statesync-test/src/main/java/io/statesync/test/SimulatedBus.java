package io.statesync.test;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.ReceivedInvalidation;
import io.statesync.Subscription;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A network that goes wrong as told: it delays, shuffles, doubles and loses invalidations between a publisher and its
 * subscribers. The faults lie on top of any transport that delivers on the publisher's thread; each subscriber suffers its
 * own. All time is the scheduler's, all chance comes from the seed, so that a run on a {@link ManualScheduler} or in a
 * {@link Simulation} repeats exactly.
 *
 * <p>Without faults an event is delivered before {@link #publish} returns. The knobs are turned by the thread that drives
 * the test; they hold for events that are published or arrive from then on.
 */
public final class SimulatedBus implements InvalidationSubscriber, InvalidationPublisher {

    private final Scheduler scheduler;
    private final Random random;
    private final InvalidationSubscriber subscriber;
    private final InvalidationPublisher publisher;

    private final Set<String> withdrawn = new HashSet<>();
    private Duration delay = Duration.ZERO;
    private Duration jitter = Duration.ZERO;
    private double loss;
    private double duplicates;
    private boolean asynchronous;
    private int dropping;
    private @Nullable InvalidationEvent last;

    /** A bus in memory. */
    public SimulatedBus(Scheduler scheduler, long seed) {
        this(scheduler, seed, new InMemoryTransport());
    }

    private SimulatedBus(Scheduler scheduler, long seed, InMemoryTransport transport) {
        this(scheduler, seed, transport, transport);
    }

    /** Faults on top of this transport, which delivers on the publisher's thread. */
    public SimulatedBus(
            Scheduler scheduler, long seed, InvalidationSubscriber subscriber, InvalidationPublisher publisher) {
        this.scheduler = scheduler;
        this.random = new Random(seed);
        this.subscriber = subscriber;
        this.publisher = publisher;
    }

    /** How long an event travels. */
    public SimulatedBus delay(Duration time) {
        delay = time;
        return this;
    }

    /** How much longer an event may travel to a subscriber, at random: later events may overtake it. */
    public SimulatedBus jitter(Duration most) {
        jitter = most;
        return this;
    }

    /** The share of events, 0 to 1, that a subscriber does not get. */
    public SimulatedBus loss(double share) {
        loss = share;
        return this;
    }

    /** The share of events, 0 to 1, that a subscriber gets twice. */
    public SimulatedBus duplicates(double share) {
        duplicates = share;
        return this;
    }

    /** Publishing returns first; delivery follows when the clock's next timers run. */
    public SimulatedBus asynchronous() {
        asynchronous = true;
        return this;
    }

    /** The next event reaches nobody. */
    public void dropNext() {
        dropping++;
    }

    /** The newest event reaches nobody whom it has not reached yet: it is still on its way, or held by a link. */
    public void dropLast() {
        if (last != null) {
            withdrawn.add(nameOf(last.topic(), last.revision().toString()));
        }
    }

    /** A subscriber's own end of the bus, which can also be held. */
    public SimulatedLink link() {
        return new SimulatedLink(this, subscriber);
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        return link().subscribe(topic, handler);
    }

    @Override
    public void publish(InvalidationEvent event) {
        last = event;
        if (dropping > 0) {
            dropping--;
        } else if (asynchronous) {
            scheduler.schedule(() -> publisher.publish(event), Duration.ZERO);
        } else {
            publisher.publish(event);
        }
    }

    /** How many copies of an event a subscriber gets. */
    int copies() {
        if (Chance.happens(loss, random)) {
            return 0;
        }
        return Chance.happens(duplicates, random) ? 2 : 1;
    }

    /** Runs the delivery when the event has travelled. */
    void travel(Runnable delivery) {
        Duration time = delay.plus(Chance.upTo(jitter, random));
        if (time.isZero()) {
            delivery.run();
        } else {
            scheduler.schedule(delivery, time);
        }
    }

    boolean isWithdrawn(ReceivedInvalidation event) {
        return withdrawn.contains(nameOf(event.topic(), event.revision()));
    }

    private static String nameOf(@Nullable String topic, @Nullable String revision) {
        return revision + "@" + topic;
    }
}
