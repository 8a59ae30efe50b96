package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import io.statesync.source.ResendingPublisher;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final List<ResendingPublisher> publishers;
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
        this.publishers = publishers
                .map(publisher -> {
                    Reporting reporting = new Reporting(publisher, new AtomicBoolean());
                    return new ResendingPublisher(reporting, scheduler, executor, Backoff.CATCH_UP, reporting::failed);
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

    private void toAll(InvalidationEvent event) {
        publishers.forEach(publisher -> publisher.publish(event));
    }

    /** What is at this revision since the application was not there to say so: nobody's change, and in no trace. */
    void announce(String topic, Revision revision) {
        toAll(new InvalidationEvent(topic, revision, sourceId, clock.millis(), null));
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
        publishers.forEach(ResendingPublisher::close);
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
