package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TomcatIT extends SourceAndReplicaContract {

    @Override
    Applications applications() {
        return Applications.on(ClassPath.withTomcat());
    }

    @Test
    void theServerIsTomcat() {
        assertThat(source().awaitLine("server ")).isEqualTo("TomcatWebServer");
    }
}
