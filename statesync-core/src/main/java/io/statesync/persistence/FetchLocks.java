package io.statesync.persistence;

import java.io.IOException;
import java.util.Optional;

/** One lock per topic among all processes that share a storage. A lock dies with its process. Safe for use by any thread. */
public interface FetchLocks {

    /**
     * Takes the topic's lock if nobody has it; does not wait.
     *
     * @return empty if another one has it, in this process or another
     * @throws IOException if locks are not to be had here: then everybody fetches
     */
    Optional<FetchLock> tryLock(String topic) throws IOException;

    /** A lock that is held, by no thread in particular. */
    @FunctionalInterface
    interface FetchLock extends AutoCloseable {

        /** Gives it back. Idempotent. */
        @Override
        void close();
    }
}
