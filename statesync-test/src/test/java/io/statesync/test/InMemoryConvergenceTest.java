package io.statesync.test;

import io.statesync.memory.InMemoryTransport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryConvergenceTest {

    @Test
    @DisplayName("TC-11: ten scenarios converge over the in-memory transport, with one lost connection in the middle")
    void tenScenariosConverge() throws Exception {
        InMemoryTransport transport = new InMemoryTransport();
        ConvergenceScenarios.over(() -> transport, transport)
                .restarting(() -> {
                    transport.disconnect();
                    transport.reconnect();
                })
                .run();
    }
}
