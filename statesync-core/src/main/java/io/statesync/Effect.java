package io.statesync;

/** What a step of the engine asks for: run by whoever made the step, after the lock was released. */
@FunctionalInterface
interface Effect {

    Effect NONE = () -> {};

    void run();

    default Effect then(Effect next) {
        if (this == NONE) {
            return next;
        }
        if (next == NONE) {
            return this;
        }
        return () -> {
            run();
            next.run();
        };
    }
}
