package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** With {@code spring.threads.virtual.enabled}: on Java 17, which has none, that changes nothing. */
class VirtualThreadsIT extends SourceAndReplicaContract {

    @Override
    Applications applications() {
        return Applications.on(ClassPath.withTomcat(), "--spring.threads.virtual.enabled=true");
    }

    @Test
    @Order(1)
    void fetchesRunOnVirtualThreadsWhereThereAreAny() {
        boolean has = Runtime.version().feature() >= 21;
        assertThat(replica().awaitLine("copy tea=1EUR/1 on a ")).isEqualTo(has ? "virtual thread" : "platform thread");
    }
}
