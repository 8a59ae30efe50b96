package io.statesync.state;

/** Ends a registration when closed; idempotent. What runs already may go on, nothing begins any more. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
