package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.memory.InMemorySource;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.Fuzz;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers at the HTTP endpoints over real sockets on Tomcat: what they send need not even be HTTP. */
class EndpointFuzzIT {

    private static final int INPUTS = 3_000;
    private static final int PATIENCE_MILLIS = 20_000;

    private final InMemorySource<String> truth = new InMemorySource<>("prices", "data", event -> {});
    private final EmbeddedServer server =
            new EmbeddedServer(topic -> topic.equals("prices") ? new ExposedTopic("prices", truth, truth) : null);
    private final Fuzz fuzz = new Fuzz("the HTTP endpoints on Tomcat", INPUTS);
    private final FuzzedRequests requests = new FuzzedRequests(fuzz);

    @AfterEach
    void close() {
        fuzz.close();
        server.close();
    }

    @Test
    void noRequestMakesTheServerFail() throws Exception {
        fuzz.play(number -> {
            String request = fuzz.oneIn(10) ? fuzz.text() : fuzz.oneIn(10) ? fuzz.mutated(request()) : request();
            // 501 and 505 are the container's own words for methods and versions that it does not know
            assertThat(answerTo(request)).matches(answer -> !answer.startsWith("HTTP/1.1 500") || isSpringsOwn(answer));
        });

        assertThat(HttpSource.at(List.of(server.url()))
                        .build()
                        .provider("prices", String.class)
                        .getSnapshot()
                        .data())
                .isEqualTo("data");
        // an address that is not ours is the dispatcher's to speak of
        assertThat(fuzz.loud()).allMatch(line -> line.startsWith("org.springframework.web.servlet.PageNotFound"));
        fuzz.assertNoGrowth();
    }

    /* At addresses that are not ours Spring falls over an Accept without a type; Tomcat's page shows where. */
    private static boolean isSpringsOwn(String answer) {
        return answer.contains("HeaderContentNegotiationStrategy.resolveMediaTypes")
                && !answer.contains("io.statesync");
    }

    private String request() {
        StringBuilder request = new StringBuilder(requests.method())
                .append(" /statesync")
                .append(requests.path())
                .append(fuzz.oneIn(4) ? "?topic=prices&topic=" + fuzz.text() : "")
                .append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        requests.headers(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString();
    }

    /* What was sent is the end: the server answers, or sees that nothing more will come. */
    private String answerTo(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), server.url().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException reset) {
            // the server closed while this was still sending
            return "reset";
        }
    }
}
