package io.statesync.source;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import java.time.InstantSource;

/** Issues the revisions of a source's topics; they never go back (P7). Safe for use by any thread. */
public interface RevisionCounter extends RevisionReader {

    /**
     * Issues the next revision of a topic. Call it after the data changed.
     *
     * @throws IllegalStateException if the largest revision was issued: it has no successor
     */
    Revision next(String topic);

    /**
     * A counter in memory whose numbers are newer than those of its former life: {@code max(previous + 1, epochMillis <<
     * 20)}. It serves exactly one source instance.
     */
    static RevisionCounter hybrid() {
        return hybrid(InstantSource.system());
    }

    /** {@link #hybrid()} with another wall clock. */
    static RevisionCounter hybrid(InstantSource clock) {
        return new InMemoryRevisionCounter(() -> clock.millis() << 20);
    }

    /** A counter in memory that counts from 1: for tests, and for states that live as long as the process. */
    static RevisionCounter sequential() {
        return new InMemoryRevisionCounter(() -> 1);
    }
}
