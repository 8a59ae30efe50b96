package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.SecuredSource.ALICE;
import static io.statesync.autoconfigure.SecuredSource.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Web pages of other origins: kept out, but for the one that is named. */
class OriginsIT {

    private static final String FRIEND = "https://friend.example";
    private static final String STRANGER = "https://evil.example";
    private static final String STOCK = "/statesync/snapshots/stock";

    private static SecuredSource source;

    @BeforeAll
    static void start() {
        source = SecuredSource.start(List.of("--statesync.server.allowed-origins=" + FRIEND), "");
    }

    @AfterAll
    static void stop() {
        source.close();
    }

    @Test
    void aPageOfAnAllowedOriginMayReadWithoutCookies() throws Exception {
        HttpResponse<String> answer = ask(ALICE, "GET", STOCK, FRIEND, "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                .hasValue(FRIEND);
        assertThat(answer.headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS))
                .isEmpty();
        assertThat(answer.headers().firstValue(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS))
                .hasValueSatisfying(exposed -> assertThat(exposed).contains(HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER));
        assertThat(answer.headers().allValues(HttpHeaders.VARY)).contains("Origin", "Accept-Encoding");
        assertThat(ask(ALICE, "GET", "/statesync/revisions?topic=stock", FRIEND, "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPageOfAnotherOriginMayNot() throws Exception {
        HttpResponse<String> answer = ask(ALICE, "GET", STOCK, STRANGER, "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                .isEmpty();
    }

    @Test
    void aBrowserIsToldBeforehandAndWithoutCredentials() throws Exception {
        HttpResponse<String> allowed = ask(NOBODY, "OPTIONS", STOCK, FRIEND, "GET");

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS))
                .hasValue("GET,HEAD");
        assertThat(ask(NOBODY, "OPTIONS", STOCK, STRANGER, "GET").statusCode()).isEqualTo(403);
        assertThat(ask(NOBODY, "OPTIONS", STOCK, FRIEND, "PUT").statusCode()).isEqualTo(403);
    }

    @Test
    void theWebSocketTakesTheAllowedOriginAndItsOwnOnly() {
        handshake(FRIEND).join().abort();
        handshake(source.url().toString()).join().abort();

        assertThatThrownBy(() -> handshake(STRANGER).join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(error -> assertThat(((WebSocketHandshakeException) error.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
    }

    @Test
    void withoutTheSettingNoOtherOriginIsLetIn() throws Exception {
        try (SecuredSource closed = SecuredSource.start()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(closed.url().resolve(STOCK)).header(HttpHeaders.ORIGIN, FRIEND);

            assertThat(closed.send(ALICE, request).headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                    .isEmpty();
        }
    }

    private static HttpResponse<String> ask(String user, String method, String path, String origin, String asksFor)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(source.url().resolve(path))
                .method(method, BodyPublishers.noBody())
                .header(HttpHeaders.ORIGIN, origin);
        if (!asksFor.isEmpty()) {
            request.header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, asksFor);
            request.header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "Authorization, If-None-Match");
        }
        return source.send(user, request);
    }

    private static CompletableFuture<WebSocket> handshake(String origin) {
        URI address = URI.create("ws://localhost:" + source.url().getPort() + "/statesync/ws");
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(HttpHeaders.AUTHORIZATION, ALICE)
                .header(HttpHeaders.ORIGIN, origin)
                .buildAsync(address, new WebSocket.Listener() {});
    }
}
