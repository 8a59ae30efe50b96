package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JettyIT extends SourceAndReplicaContract {

    @Override
    Applications applications() {
        ClassPath jetty = ClassPath.withJetty();
        assertThat(jetty.names())
                .contains("spring-boot-jetty")
                .doesNotContain("tomcat-embed-core", "tomcat-embed-websocket", "tyrus-standalone-client");
        return Applications.on(jetty);
    }

    @Test
    void theServerIsJetty() {
        assertThat(source().awaitLine("server ")).isEqualTo("JettyServletWebServer");
    }
}
