package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.policy.RetryAfter;
import io.statesync.spring.http.HttpSourceException.Kind;
import io.statesync.spring.http.MisbehavingServer.Then;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A client, and a server that answers as the test says. */
@Timeout(60)
abstract class HttpSourceBed {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    final MisbehavingServer server = new MisbehavingServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /** The HTTP library under Spring's client. */
    enum Library {
        JDK,
        SIMPLE;

        ClientHttpRequestFactory factory(Duration readTimeout) {
            if (this == SIMPLE) {
                SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
                simple.setReadTimeout(readTimeout);
                return simple;
            }
            JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory(HttpClient.newHttpClient());
            jdk.setReadTimeout(readTimeout);
            return jdk;
        }
    }

    URI answer(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String more = headers.length == 0 ? "X: y" : String.join("\r\n", headers);
        return server.raw(
                MisbehavingServer.head(
                        status, "Content-Type: application/json", "Content-Length: " + bytes.length, more),
                bytes,
                Then.CLOSE);
    }

    static HttpSource source(URI... urls) {
        return source(Library.JDK, urls);
    }

    static HttpSource source(Library library, URI... urls) {
        return source(library.factory(Duration.ofSeconds(30)), urls);
    }

    static HttpSource source(ClientHttpRequestFactory factory, URI... urls) {
        return HttpSource.at(List.of(urls))
                .client(RestClient.builder().requestFactory(factory))
                .maxSnapshotSize(1_000_000)
                .clock(() -> NOON)
                .build();
    }

    static void assertKind(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpSourceException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
                .hasMessageContaining("prices");
    }

    static void assertRetryAfter(ThrowingCallable call, long seconds) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RetryAfter.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }
}
