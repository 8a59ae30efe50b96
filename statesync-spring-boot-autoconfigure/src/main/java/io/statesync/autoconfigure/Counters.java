package io.statesync.autoconfigure;

import io.statesync.source.RevisionCounter;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.Drivers;
import java.util.List;

/** What {@code statesync.counter} names. */
final class Counters {

    private static final String MEMORY = "memory";

    private Counters() {}

    static RevisionCounter open(String name, List<CounterDriver> drivers) {
        return name.equals(MEMORY)
                ? RevisionCounter.hybrid()
                : Drivers.named("statesync.counter", name, drivers, CounterDriver::name, CounterDriver.class, MEMORY)
                        .open();
    }

    /** Whether it forgets with this process, and so serves it alone (P7). */
    static boolean isInMemory(RevisionCounter counter) {
        return counter.getClass() == RevisionCounter.hybrid().getClass();
    }
}
