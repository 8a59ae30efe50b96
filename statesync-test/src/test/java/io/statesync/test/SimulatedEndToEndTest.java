package io.statesync.test;

import io.statesync.memory.InMemoryTransport;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** CONTRACTS 3, E2E-01 to E2E-60, on the simulated bus over the in-memory transport. */
@DisplayName("E2E on the simulated bus")
class SimulatedEndToEndTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static SimulatedCluster inMemory() {
        InMemoryTransport transport = new InMemoryTransport();
        return new SimulatedCluster(transport, transport, SimulatedEndToEndTest::throughJson);
    }

    private static Map<String, Object> throughJson(Map<String, Object> data) {
        return JSON.readValue(JSON.writeValueAsString(data), new TypeReference<>() {});
    }

    @Nested
    class Convergence extends EndToEndConvergenceContract {
        @Override
        protected SimulatedCluster cluster() {
            return inMemory();
        }
    }

    @Nested
    class LifeCycle extends EndToEndLifeCycleContract {
        @Override
        protected SimulatedCluster cluster() {
            return inMemory();
        }
    }

    @Nested
    class Slowness extends EndToEndSlownessContract {
        @Override
        protected SimulatedCluster cluster() {
            return inMemory();
        }
    }

    @Nested
    class Faults extends EndToEndFaultsContract {
        @Override
        protected SimulatedCluster cluster() {
            return inMemory();
        }
    }

    @Nested
    class Applications extends EndToEndApplicationContract {
        @Override
        protected SimulatedCluster cluster() {
            return inMemory();
        }
    }
}
