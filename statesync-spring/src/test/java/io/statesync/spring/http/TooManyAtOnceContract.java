package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.statesync.memory.InMemorySource;
import io.statesync.policy.RetryAfter;
import io.statesync.spring.ExposedTopic;
import io.statesync.test.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that sends one body at once, and a client that does not read its own. */
@Timeout(60)
abstract class TooManyAtOnceContract {

    /** More than the socket buffers of both ends hold. */
    private static final int LARGE = 16 * 1024 * 1024;

    private final InMemorySource<String> truth = new InMemorySource<>("large", "x".repeat(LARGE), event -> {});
    private final ManualScheduler time = new ManualScheduler();
    private final EmbeddedServer server;
    private final URI snapshot;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Socket slow = new Socket();

    TooManyAtOnceContract(ServletContainer container) {
        server = new EmbeddedServer(container, topic -> new ExposedTopic("large", truth, truth), 1, time);
        snapshot = server.url("/statesync/snapshots/large");
    }

    @AfterEach
    void stop() throws IOException {
        slow.close();
        server.close();
    }

    @Test
    void beyondTheLimitRequestsWaitAndBeyondTheQueueTheyGet503() throws Exception {
        occupyTheOnlyPlace();
        List<CompletableFuture<HttpResponse<byte[]>>> queued =
                IntStream.range(0, 10).mapToObj(i -> getAsync()).toList();
        await().until(() -> time.pendingTimers() == 10);

        HttpResponse<byte[]> turnedAway = getAsync().join();

        assertThat(turnedAway.statusCode()).isEqualTo(503);
        assertThat(turnedAway.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(turnedAway.headers().firstValue("Retry-After").map(Integer::parseInt))
                .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 4));
        assertThat(turnedAway.headers().firstValue("ETag")).isEmpty();

        slow.close();
        assertThat(queued).allSatisfy(waiting -> {
            assertThat(waiting.join().statusCode()).isEqualTo(200);
            assertThat(waiting.join().body().length).isGreaterThan(LARGE);
        });
    }

    @Test
    void whoWaitsTooLongGets503() throws Exception {
        occupyTheOnlyPlace();
        CompletableFuture<HttpResponse<byte[]>> queued = getAsync();
        await().until(() -> time.pendingTimers() == 1);

        time.advance(Duration.ofSeconds(5));

        assertThat(queued.join().statusCode()).isEqualTo(503);
    }

    @Test
    void answersWithoutABodyDoNotWait() throws Exception {
        occupyTheOnlyPlace();

        HttpResponse<Void> head = client.send(
                HttpRequest.newBuilder(snapshot)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        HttpResponse<Void> notModified = client.send(
                HttpRequest.newBuilder(snapshot)
                        .header(
                                "If-None-Match",
                                head.headers().firstValue("ETag").orElseThrow())
                        .build(),
                BodyHandlers.discarding());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(notModified.statusCode()).isEqualTo(304);
    }

    @Test
    void theClientLearnsWhenToComeAgain() throws Exception {
        occupyTheOnlyPlace();
        IntStream.range(0, 10).forEach(i -> getAsync());
        await().until(() -> time.pendingTimers() == 10);

        Throwable error = catchThrowable(() -> HttpSource.at(List.of(server.url()))
                .build()
                .provider("large", String.class)
                .getSnapshot());

        assertThat(error)
                .isInstanceOfSatisfying(
                        HttpSourceException.class,
                        busy -> assertThat(busy.kind()).isEqualTo(HttpSourceException.Kind.BUSY))
                .isInstanceOfSatisfying(
                        RetryAfter.class,
                        busy -> assertThat(busy.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)));
    }

    /** Asks for the body, and reads no further than the beginning of its head. */
    private void occupyTheOnlyPlace() throws IOException {
        slow.setReceiveBufferSize(4096);
        slow.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), snapshot.getPort()));
        slow.getOutputStream()
                .write("GET /statesync/snapshots/large HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(slow.getInputStream().readNBytes(12))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("HTTP/1.1 200");
    }

    private CompletableFuture<HttpResponse<byte[]>> getAsync() {
        return client.sendAsync(HttpRequest.newBuilder(snapshot).build(), BodyHandlers.ofByteArray());
    }
}
