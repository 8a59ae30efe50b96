package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import io.statesync.source.ResendingPublisher;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each announcement to all transports of the application. One that cannot take it now gets it again later, the newest
 * per topic (TC-10), and does not hold up the others; announcing never throws. Safe for use by any thread.
 */
public final class Announcer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);

    private final String sourceId;
    private final InstantSource clock = InstantSource.system();
    private final List<Way> ways;
    private final Executor executor;
    private final ChangeObserver observer;

    /**
     * @param sourceId who announces, for filters and diagnosis
     * @param executor where a repeated sending runs, and what has to be read before it can be announced
     */
    public Announcer(
            String sourceId, Stream<InvalidationPublisher> publishers, Scheduler scheduler, Executor executor) {
        this(sourceId, publishers, scheduler, executor, ChangeObserver.NONE);
    }

    /**
     * @param sourceId who announces, for filters and diagnosis
     * @param executor where a repeated sending runs
     * @param observer what stands between a change and its announcement
     */
    public Announcer(
            String sourceId,
            Stream<InvalidationPublisher> publishers,
            Scheduler scheduler,
            Executor executor,
            ChangeObserver observer) {
        this.sourceId = sourceId;
        this.executor = executor;
        this.observer = ChangeObserver.guarded(observer);
        this.ways = publishers
                .map(publisher -> {
                    Reporting reporting = new Reporting(publisher, new AtomicBoolean());
                    return new Way(
                            publisher,
                            new ResendingPublisher(
                                    reporting, scheduler, executor, Backoff.CATCH_UP, reporting::failed));
                })
                .toList();
    }

    /** Who announces. */
    public String sourceId() {
        return sourceId;
    }

    /** Announces to everybody, on this thread where the transport allows it. */
    public void announce(InvalidationEvent event) {
        observer.announce(event, this::toAll);
    }

    /**
     * Announces to everybody who does not know it yet: what was changed has told others by itself, and in its own trace.
     *
     * @param known the transports that have announced it
     */
    public void announceElsewhere(InvalidationEvent event, Predicate<InvalidationPublisher> known) {
        ways.stream()
                .filter(way -> !known.test(way.publisher()))
                .forEach(way -> way.resending().publish(event));
    }

    private void toAll(InvalidationEvent event) {
        ways.forEach(way -> way.resending().publish(event));
    }

    /** What is at this revision since the application was not there to say so: nobody's change, and in no trace. */
    void announce(String topic, Revision revision) {
        toAll(event(topic, revision));
    }

    /**
     * Announces in the transaction that runs on this thread where the transport can.
     *
     * @return what announces it everywhere else, for after the commit
     * @throws RuntimeException if a transport refuses: the transaction must not commit
     */
    Runnable announceInTransaction(String topic, Revision revision) {
        InvalidationEvent event = event(topic, revision);
        if (ways.stream().noneMatch(way -> way.publisher() instanceof TransactionalInvalidationPublisher)) {
            return () -> announce(event);
        }
        List<Runnable> afterCommit = new ArrayList<>();
        observer.announce(
                event,
                traced -> ways.stream()
                        .filter(way -> !way.joins(traced))
                        .forEach(way -> afterCommit.add(() -> way.resending().publish(traced))));
        return () -> afterCommit.forEach(Runnable::run);
    }

    private InvalidationEvent event(String topic, Revision revision) {
        return new InvalidationEvent(topic, revision, sourceId, clock.millis(), null);
    }

    /** Announces a revision that has to be read first, on another thread; if it cannot be read, that is logged and no more. */
    void announceOnceRead(String topic, Callable<Revision> revision) {
        try {
            executor.execute(() -> {
                try {
                    announce(topic, revision.call());
                } catch (Exception | Error e) {
                    notAnnounced(topic, e);
                }
            });
        } catch (RejectedExecutionException e) {
            notAnnounced(topic, e);
        }
    }

    private static void notAnnounced(String topic, Throwable error) {
        log.warn(
                "Topic {}: not announced at the start, its revision cannot be read: {}; probes find it later",
                topic,
                Reasons.of(error));
        log.debug("Topic {}: its revision cannot be read", topic, error);
    }

    @Override
    public void close() {
        ways.forEach(way -> way.resending().close());
    }

    /** One transport, and how it never loses the newest announcement. */
    private record Way(InvalidationPublisher publisher, ResendingPublisher resending) {

        /** Announces in the transaction of this thread, if it can. */
        boolean joins(InvalidationEvent event) {
            return publisher instanceof TransactionalInvalidationPublisher transactional
                    && transactional.publishInTransaction(event);
        }
    }

    /** One line when a transport stops taking announcements, one when it takes them again. */
    private record Reporting(InvalidationPublisher target, AtomicBoolean failing) implements InvalidationPublisher {

        @Override
        public void publish(InvalidationEvent event) {
            target.publish(event);
            if (failing.compareAndSet(true, false)) {
                log.info("{} takes announcements again", name());
            }
        }

        void failed(InvalidationEvent event, RuntimeException error) {
            if (failing.compareAndSet(false, true)) {
                log.warn(
                        "{} could not announce revision {} of topic {}; the newest of each topic is sent again: {}",
                        name(),
                        event.revision(),
                        event.topic(),
                        Reasons.of(error));
            } else {
                log.debug("Could not announce revision {} of topic {}", event.revision(), event.topic(), error);
            }
        }

        private String name() {
            return target.getClass().getSimpleName();
        }
    }
}
