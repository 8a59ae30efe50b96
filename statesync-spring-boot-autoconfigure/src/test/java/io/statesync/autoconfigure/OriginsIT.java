package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.SecuredSource.ALICE;
import static io.statesync.autoconfigure.SecuredSource.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
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
        source.handshake(ALICE, HttpHeaders.ORIGIN, FRIEND).join().abort();
        source.handshake(ALICE, HttpHeaders.ORIGIN, source.url().toString())
                .join()
                .abort();

        assertThat(source.refusalOfHandshake(ALICE, HttpHeaders.ORIGIN, STRANGER))
                .isEqualTo(403);
    }

    @Test
    void withoutTheSettingNoOtherOriginIsLetIn() throws Exception {
        try (SecuredSource closed = SecuredSource.start()) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(closed.url().resolve(STOCK)).header(HttpHeaders.ORIGIN, FRIEND);

            assertThat(closed.send(ALICE, request).headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                    .isEmpty();
            assertThat(closed.refusalOfHandshake(ALICE, HttpHeaders.ORIGIN, FRIEND))
                    .isEqualTo(403);
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
}
