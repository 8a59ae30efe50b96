package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A source and a replica over STOMP and HTTP, in two JVMs: the same whatever they run on. The tests are steps of one run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SourceAndReplicaContract {

    private ChildJvm source;
    private ChildJvm replica;

    abstract Applications applications();

    String scheme() {
        return "http";
    }

    @BeforeAll
    void start() {
        Applications applications = applications();
        source = applications.source();
        replica = applications.replicaAt(scheme() + "://localhost:" + source.awaitLine("port "));
    }

    @AfterAll
    void end() {
        if (replica != null) {
            replica.close();
        }
        source.close();
    }

    ChildJvm source() {
        return source;
    }

    ChildJvm replica() {
        return replica;
    }

    @Test
    @Order(1)
    void theApplicationRunsWithItsFirstSnapshot() {
        assertThat(replica.awaitLine("job ")).isEqualTo("tea=1EUR/1");
    }

    @Test
    @Order(2)
    void aChangeAtTheSourceIsHeardAndRead() {
        source.tell("milk 2");
        assertThat(replica.awaitLine("copy milk=2EUR/1")).startsWith("tea=1EUR/1 on a ");
        source.tell("tea 3.50");
        replica.awaitLine("copy milk=2EUR/1 tea=3.50EUR/1");
    }

    @Test
    @Order(3)
    void bothEndWhenTheyAreToldToWithoutAWordOfTrouble() {
        replica.terminate();
        assertThat(replica.awaitExit()).isEqualTo(128 + 15);
        source.tellNoMore();
        assertThat(source.awaitExit()).isZero();
        assertThat(replica.output()).doesNotContain(" WARN ", " ERROR ");
        assertThat(source.output()).doesNotContain(" WARN ", " ERROR ");
    }
}
