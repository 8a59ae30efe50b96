package io.statesync.test.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps planned failures out of the log: a disk that is full is an ERROR, and here it is full a thousand times. */
final class Quiet {

    private static final Logger PRODUCT = (Logger) LoggerFactory.getLogger("io.statesync");
    private static @Nullable Level before;

    private Quiet() {}

    static void begin() {
        before = PRODUCT.getLevel();
        PRODUCT.setLevel(Level.OFF);
    }

    static void end() {
        PRODUCT.setLevel(before);
    }
}
