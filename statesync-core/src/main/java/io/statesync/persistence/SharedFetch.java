package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several siblings fetches, the others take its record. What is taken counts as fetched, because the source was asked
 * after the call and said that this revision is the current one (E1). Blocks; safe for use by any thread.
 */
final class SharedFetch<T> {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPersistence.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final DefaultSnapshotPersistence<T> persistence;
    private final FetchLocks locks;
    private final RevisionReader revisions;
    private final Duration limit;

    SharedFetch(DefaultSnapshotPersistence<T> persistence, FetchLocks locks, RevisionReader revisions, Duration limit) {
        this.persistence = persistence;
        this.locks = locks;
        this.revisions = revisions;
        this.limit = limit;
    }

    /**
     * A snapshot that a sibling fetched, or one that this fetch brings.
     *
     * @param known a revision that is not wanted again
     */
    Optional<SnapshotEnvelope<T>> fetch(@Nullable Revision known, Callable<Optional<SnapshotEnvelope<T>>> fetch)
            throws Exception {
        return fetch(known, null, fetch);
    }

    /** The same, unless it is what is applied already: who asks for it without a condition doubts it. */
    Optional<SnapshotEnvelope<T>> fetchAnew(Callable<Optional<SnapshotEnvelope<T>>> fetch) throws Exception {
        return fetch(null, persistence.applied(), fetch);
    }

    private Optional<SnapshotEnvelope<T>> fetch(
            @Nullable Revision known, @Nullable Revision doubted, Callable<Optional<SnapshotEnvelope<T>>> fetch)
            throws Exception {
        FetchLocks.FetchLock lock = await();
        if (lock == null) {
            return fetch.call();
        }
        boolean held = false;
        try {
            Optional<SnapshotEnvelope<T>> theirs = ofSibling(known, doubted);
            if (theirs.isPresent()) {
                return theirs;
            }
            if (known != null && persistence.wasLoaded(known) && isCurrent(known)) {
                // what was restored, or taken from a sibling, is what the source still has
                return Optional.empty();
            }
            Optional<SnapshotEnvelope<T>> fetched = fetch.call();
            if (fetched.isPresent()) {
                persistence.hold(lock, fetched.get().revision(), limit);
                held = true;
            }
            return fetched;
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    private FetchLocks.@Nullable FetchLock await() throws InterruptedException {
        long begun = persistence.scheduler().now();
        Duration pause = Duration.ofMillis(1);
        try {
            while (true) {
                Optional<FetchLocks.FetchLock> lock = locks.tryLock(persistence.topic());
                if (lock.isPresent()) {
                    return lock.get();
                }
                if (persistence.scheduler().now() - begun >= Durations.nanos(limit)) {
                    return null;
                }
                persistence.scheduler().sleep(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (IOException | RuntimeException noLocks) {
            log.debug("No lock to share the fetch of topic {}", persistence.topic(), noLocks);
            return null;
        }
    }

    private Optional<SnapshotEnvelope<T>> ofSibling(@Nullable Revision known, @Nullable Revision doubted)
            throws InterruptedException {
        Optional<SnapshotEnvelope<T>> record =
                persistence.newRecord(known).filter(it -> !it.revision().equals(doubted));
        return record.isPresent() && isCurrent(record.get().revision()) ? record : Optional.empty();
    }

    private boolean isCurrent(Revision revision) throws InterruptedException {
        try {
            Revision current = revisions.current(List.of(persistence.topic())).get(persistence.topic());
            return revision.equals(current);
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception notAnswered) {
            // then the fetch says what is wrong with the source
            log.debug("The revision of topic {} was not answered", persistence.topic(), notAnswered);
            return false;
        }
    }
}
