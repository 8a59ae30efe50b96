package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears what other instances of this application announce, over the transports that this one announces over, and says it
 * here: so a change made at any instance reaches the clients and the replicas of each. What this instance said itself is not
 * repeated, and nothing that was heard is announced again, so that nothing runs in circles.
 *
 * <p>While a transport is away, announcements are missed. When it is there, for the first time and again, the current
 * revisions are read once, and said here. Restartable. Safe for use by any thread.
 */
public final class OtherInstances implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OtherInstances.class);
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final String self;
    private final TopicSources sources;
    private final InvalidationPublisher here;
    private final Executor executor;
    private final boolean countedInMemory;
    private final List<InvalidationSubscriber> transports;

    private final TurnsOfSources turns = new TurnsOfSources();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final AtomicBoolean reading = new AtomicBoolean();

    /** Guarded by this. */
    private final List<Subscription> open = new ArrayList<>();

    private volatile boolean running;

    /**
     * @param self how this instance signs what it announces
     * @param sources the topics whose source is here
     * @param here where replicas and clients of this instance listen
     * @param countedInMemory whether the revisions are counted by this instance alone, which is reported if there is another
     * @param executor where current revisions are read
     * @param announced what {@code statesync.announce} names; a transport that nothing can be heard over is passed over
     */
    public OtherInstances(
            String self,
            TopicSources sources,
            InvalidationPublisher here,
            boolean countedInMemory,
            Executor executor,
            List<String> announced,
            Stream<EventDriver> drivers) {
        this.self = self;
        this.sources = sources;
        this.here = here;
        this.countedInMemory = countedInMemory;
        this.executor = executor;
        this.transports = sources.names().isEmpty() ? List.of() : opened(announced, drivers.toList());
    }

    private static List<InvalidationSubscriber> opened(List<String> announced, List<EventDriver> drivers) {
        List<InvalidationSubscriber> opened = new ArrayList<>();
        for (String transport : new LinkedHashSet<>(announced)) {
            SourceSettings settings = SourceSettings.instances(transport);
            drivers.stream()
                    .filter(driver -> driver.name().equals(transport))
                    .findFirst()
                    .ifPresentOrElse(
                            driver -> opened.add(driver.open(settings, new SourceLog(settings))),
                            () -> log.info(
                                    "Changes at other instances are not heard over \"{}\": no EventDriver has that name",
                                    transport));
        }
        return opened;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        for (String topic : sources.names()) {
            HeardElsewhere heard = new HeardElsewhere(topic, self, this::heard, this::readCurrent);
            transports.forEach(transport -> {
                Subscription subscription = transport.subscribe(topic, heard);
                open.add(subscription);
                subscription.active().whenComplete((ok, error) -> {
                    if (error == null) {
                        readCurrent();
                    } else if (running) {
                        log.warn("Topic {}: changes at other instances are not heard: {}", topic, Reasons.of(error));
                    }
                });
            });
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        open.forEach(Subscription::close);
        open.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Ends the connections. */
    @Override
    public void close() throws Exception {
        for (InvalidationSubscriber transport : transports) {
            if (transport instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private void heard(InvalidationEvent event) {
        if (countedInMemory) {
            watchTurns(event);
        }
        if (!self.equals(event.sourceId())) {
            say(event);
        }
    }

    private void say(InvalidationEvent event) {
        try {
            here.publish(event);
        } catch (RuntimeException e) {
            // the context is not there yet, or not any more: who connects later refreshes first, the others probe
            log.debug("An invalidation of topic {} was not passed on", event.topic(), e);
        }
    }

    private void watchTurns(InvalidationEvent event) {
        String sourceId = event.sourceId();
        if (sourceId == null || reported.get() || !sources.isCounted(event.topic())) {
            return;
        }
        String other = turns.spokeMeanwhile(event.topic(), sourceId);
        if (other != null && reported.compareAndSet(false, true)) {
            log.warn(
                    "Topic {}: {} and {} announce it in turn, but each counts its revisions in its own memory, so that"
                            + " a change may carry an older revision than the one before, and be missed. Let all instances"
                            + " share a counter: set statesync.counter=jdbc, or redis, at each of them",
                    event.topic(),
                    sourceId,
                    other);
        }
    }

    /* Once for all topics, however many subscriptions tell of the same moment. */
    private void readCurrent() {
        if (!running || !reading.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(() -> {
                reading.set(false);
                sayCurrent();
            });
        } catch (RejectedExecutionException e) {
            reading.set(false);
            log.debug("No thread to read the current revisions; probes find what was missed", e);
        }
    }

    private void sayCurrent() {
        Map<String, Revision> current;
        try {
            current = new LinkedHashMap<>(sources.counted());
        } catch (RuntimeException e) {
            log.warn(
                    "What other instances announced meanwhile is left to the probes, since the counter does not answer: {}",
                    Reasons.of(e));
            return;
        }
        current.forEach((topic, revision) -> say(InvalidationEvent.of(topic, revision)));
    }
}
