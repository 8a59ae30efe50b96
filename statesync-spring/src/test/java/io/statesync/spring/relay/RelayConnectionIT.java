package io.statesync.spring.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** What goes over the wire, with a broker that is a socket in the test's hand. */
class RelayConnectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ServerSocket broker;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        broker.close();
    }

    @Test
    void itSaysWhoItIsAndWhichVirtualHostItWants() throws Exception {
        CompletableFuture<String> frame = answering("CONNECTED\nversion:1.2\nheart-beat:7000,8000\n\n\0");

        RelayConnection.Opened opened = RelayConnection.open(described("shop", "s:ecret", "/"), Duration.ofSeconds(5));

        assertThat(opened.heartbeats()).containsExactly(7000, 8000);
        assertThat(frame.join())
                .startsWith("CONNECT\n")
                .contains("accept-version:1.2,1.1\n", "host:/\n", "heart-beat:5000,5000\n")
                .contains("login:shop\n", "passcode:s:ecret\n");
        opened.connection().abort();
    }

    @Test
    void aFrameThatArrivesInPiecesIsWholeInTheEnd() throws Exception {
        answering(
                "CONNECTED\nversion:1.2\n\n\0",
                "MESSAGE\ndestination:/top",
                "ic/statesync\nmessage-id:1\n",
                "subscription:s\n\nhel",
                "lo\0");
        RelayConnection connection =
                RelayConnection.open(described(null, null, null), Duration.ZERO).connection();

        StompHeaderAccessor frame = connection.next();
        while (frame == null) {
            assertThat(connection.receive((int) PATIENCE.toMillis())).isTrue();
            frame = connection.next();
        }

        assertThat(frame.getDestination()).isEqualTo("/topic/statesync");
        assertThat(connection.body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        connection.abort();
    }

    @Test
    void whyTheBrokerRefusesIsSaid() throws Exception {
        answering("ERROR\nmessage:Access refused for user 'shop'\n\n\0");

        assertThatThrownBy(() -> RelayConnection.open(described("shop", "wrong", null), Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessage("the broker says: Access refused for user 'shop'");
    }

    private RelayBroker described(String login, String passcode, String virtualHost) {
        return new RelayBroker(
                "localhost",
                broker.getLocalPort(),
                RelayBroker.DEFAULT_DESTINATION,
                login,
                passcode,
                virtualHost,
                PATIENCE,
                PATIENCE,
                SocketFactory::getDefault);
    }

    /* Accepts one connection, reads its first frame and answers, each piece for itself. */
    private CompletableFuture<String> answering(String... pieces) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = broker.accept();
                socket.setTcpNoDelay(true);
                String frame = frame(socket.getInputStream());
                for (String piece : pieces) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                }
                return frame;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String frame(InputStream in) throws IOException {
        StringBuilder frame = new StringBuilder();
        for (int next = in.read(); next > 0; next = in.read()) {
            frame.append((char) next);
        }
        return frame.toString();
    }
}
