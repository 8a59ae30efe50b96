package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training run for class data sharing or an AOT cache: the context is refreshed, and nobody is called. */
class TrainingRunIT {

    @Test
    void anApplicationThatExitsOnRefreshOpensNoConnection() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .configureBlocking(false);
            int port = server.socket().getLocalPort();
            Applications trained =
                    new Applications(ClassPath.withoutServer(), List.of("-Dspring.context.exit=onRefresh"), List.of());

            try (ChildJvm application = trained.replicaAt("http://localhost:" + port)) {
                assertThat(application.awaitExit()).as(application::output).isZero();
                assertThat(application.output())
                        .contains("Starting ReplicaApplication")
                        .doesNotContain("job ");
            }

            assertThat(server.accept())
                    .as("a connection that waits to be accepted")
                    .isNull();
            try (SocketChannel own = SocketChannel.open(server.getLocalAddress());
                    SocketChannel accepted = server.accept()) {
                assertThat(accepted).as("one that did come, %s, is seen", own).isNotNull();
            }
        }
    }
}
