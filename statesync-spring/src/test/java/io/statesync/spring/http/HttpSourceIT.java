package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.RetryAfter;
import io.statesync.spring.http.HttpSourceException.Kind;
import io.statesync.spring.http.MisbehavingServer.Then;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The client against servers that answer as they like. */
@Timeout(60)
class HttpSourceIT {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final MisbehavingServer server = new MisbehavingServer();

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

    @Test
    void theTagIsSentOnlyWithTheVeryRevisionThatItCameWith() throws Exception {
        URI url = answer(200, "{\"revision\":\"7\",\"data\":\"x\"}", "ETag: \"7-abc-gzip\"");
        ConditionalSnapshotProvider<String> provider = source(url).provider("prices", String.class);

        provider.getSnapshotUnless(new Revision(7));
        provider.getSnapshotUnless(new Revision(7));
        provider.getSnapshotUnless(new Revision(6));
        provider.getSnapshot();

        assertThat(server.requests())
                .hasSize(4)
                .allSatisfy(head -> assertThat(head).startsWith("GET /statesync/snapshots/prices HTTP/1.1"));
        assertThat(server.requests().get(1)).containsIgnoringCase("If-None-Match: \"7-abc-gzip\"");
        assertThat(List.of(0, 2, 3))
                .allSatisfy(i -> assertThat(server.requests().get(i)).doesNotContainIgnoringCase("If-None-Match"));
    }

    @Test
    void aNotModifiedThatNobodyAskedForIsAProtocolError() {
        URI url = server.raw(MisbehavingServer.head(304, "ETag: \"7\""), new byte[0], Then.CLOSE);

        assertThatThrownBy(() -> source(url).provider("prices", String.class).getSnapshot())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("304");
    }

    @Test
    void genericTypesAreKept() throws Exception {
        URI url = answer(200, "{\"revision\":\"7\",\"data\":{\"a\":[1]}}");

        SnapshotEnvelope<Map<String, List<Long>>> snapshot = source(url)
                .<Map<String, List<Long>>>provider(
                        "prices", new ParameterizedTypeReference<Map<String, List<Long>>>() {}.getType())
                .getSnapshot();

        assertThat(snapshot.data()).isEqualTo(Map.of("a", List.of(1L)));
    }

    @Test
    void anotherInstanceAnswersWhenTheFirstFailsAndIsAskedFirstThen() throws Exception {
        URI failing = answer(500, "ouch");
        URI good = answer(200, "{\"revision\":\"7\",\"data\":\"x\"}");
        HttpSource source = source(server.nobody(), failing, good);

        for (int i = 0; i < 3; i++) {
            assertThat(source.provider("prices", String.class).getSnapshot().data())
                    .isEqualTo("x");
        }

        assertThat(server.requests())
                .as("one at the failing instance, three at the good one")
                .hasSize(4);
    }

    @Test
    void whenAllInstancesFailTheMessageNamesEach() {
        URI failing = answer(500, "ouch");
        URI nobody = server.nobody();

        assertThatThrownBy(() ->
                        source(nobody, failing).provider("prices", String.class).getSnapshot())
                .isInstanceOf(HttpSourceException.class)
                .hasMessageContaining(nobody.toString())
                .hasMessageContaining("connection refused")
                .hasMessageContaining(failing.toString())
                .hasMessageContaining("500");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorWithoutABodyIsToldByItsStatus(Library library) {
        URI forbidden = server.raw(MisbehavingServer.head(403), new byte[0], Then.CLOSE);
        URI unknown = server.raw(
                MisbehavingServer.head(404, "Content-Type: application/problem+json", "Content-Length: 0"),
                new byte[0],
                Then.CLOSE);

        assertKind(
                () -> source(library, forbidden)
                        .provider("prices", String.class)
                        .getSnapshot(),
                Kind.FORBIDDEN);
        assertKind(
                () -> source(library, unknown).provider("prices", String.class).getSnapshot(), Kind.UNKNOWN_TOPIC);
    }

    @Test
    void aDescribed404NamesThePathTooSinceSpringMvcDescribesItsOwn() {
        URI other = server.raw(
                MisbehavingServer.head(404, "Content-Type: application/problem+json", "Content-Length: 2"),
                "{}".getBytes(StandardCharsets.UTF_8),
                Then.CLOSE);

        assertThatThrownBy(() -> source(other).provider("prices", String.class).getSnapshot())
                .hasMessageContaining("statesync.topics.prices.expose=true")
                .hasMessageContaining("statesync.server.path");
    }

    @Test
    void whenAllInstancesAreBusyTheShortestWaitCounts() {
        URI one = answer(503, "", "Retry-After: 9");
        URI other = answer(503, "", "Retry-After: 3");

        assertRetryAfter(
                () -> source(one, other).provider("prices", String.class).getSnapshot(), 3);
    }

    @ParameterizedTest
    @CsvSource({"401,UNAUTHORIZED", "403,FORBIDDEN", "404,WRONG_ADDRESS", "302,UNEXPECTED_STATUS"})
    void whatAnotherInstanceWouldSayTooIsNotAskedAgain(int status, Kind kind) {
        URI first = answer(status, "no", "Location: https://login.example.com");
        URI second = answer(200, "{\"revision\":\"7\",\"data\":\"x\"}");

        assertKind(() -> source(first, second).provider("prices", String.class).getSnapshot(), kind);
    }

    @ParameterizedTest
    @CsvSource({
        "503,7,7",
        "429,7,7",
        "503,'Mon, 01 Jun 2026 12:01:30 GMT',90",
        "503,'Mon, 01 Jun 2026 11:00:00 GMT',0",
        "503,86400,300"
    })
    void retryAfterIsASpanOrADateAndBounded(int status, String value, long seconds) {
        URI url = answer(status, "", "Retry-After: " + value);

        assertRetryAfter(() -> source(url).provider("prices", String.class).getSnapshot(), seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999"})
    void aRetryAfterThatIsNoneIsIgnored(String value) {
        URI url = answer(503, "", "Retry-After: " + value);

        assertThatThrownBy(() -> source(url).provider("prices", String.class).getSnapshot())
                .isInstanceOf(HttpSourceException.class)
                .isNotInstanceOf(RetryAfter.class);
    }

    @ParameterizedTest
    @EnumSource
    void gzipIsUnpackedWhicheverLibraryCarriesIt(Library library) throws Exception {
        byte[] packed = gzip("{\"revision\":\"7\",\"data\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        URI url = server.raw(gzipHead(packed.length), packed, Then.CLOSE);

        assertThat(source(library, url).provider("prices", String.class).getSnapshot())
                .isEqualTo(new SnapshotEnvelope<>(new Revision(7), "x"));
        assertThat(server.requests().get(0)).containsIgnoringCase("Accept-Encoding: gzip");
    }

    @ParameterizedTest
    @EnumSource
    void aSmallPackageOfALargeBodyIsOverTheLimit(Library library) throws Exception {
        byte[] bomb =
                gzip(("{\"revision\":\"7\",\"data\":\"" + "0".repeat(50_000_000)).getBytes(StandardCharsets.UTF_8));
        URI url = server.raw(gzipHead(bomb.length), bomb, Then.CLOSE);

        assertThat(bomb.length).isLessThan(1_000_000);
        assertKind(() -> source(library, url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
    }

    @Test
    void aBodyThatIsSaidToBeTooLargeIsNotRead() {
        URI url = server.raw(
                MisbehavingServer.head(200, "Content-Type: application/json", "Content-Length: 1000001"),
                new byte[0],
                Then.HANG);

        assertKind(() -> source(url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessBodyIsNotReadToItsEnd(Library library) {
        URI url = server.raw(
                MisbehavingServer.head(200, "Content-Type: application/json"),
                "{\"revision\":\"7\",\"data\":\"".getBytes(StandardCharsets.US_ASCII),
                Then.GO_ON_FOR_EVER);

        assertKind(() -> source(library, url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
        await().until(() -> server.brokenOff() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatStallsIsATimeOutAndNoProtocolError(Library library) {
        URI url = server.stalling();

        assertKind(
                () -> source(library.factory(Duration.ofMillis(200)), url)
                        .provider("prices", String.class)
                        .getSnapshot(),
                Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsTheWaitForAnAnswer(boolean stallsInTheBody) {
        URI url = stallsInTheBody ? server.stalling() : server.silent();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                source(url).provider("prices", String.class).getSnapshot();
                ended.complete(null);
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        caller.start();
        await().until(() -> server.answered() == 1);

        caller.interrupt();

        assertThat(ended.join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aHostThatNobodyKnowsIsSaidSo() {
        assertKind(
                () -> source(URI.create("http://no-such-host.invalid"))
                        .provider("prices", String.class)
                        .getSnapshot(),
                Kind.UNKNOWN_HOST);
    }

    @Test
    void plainHttpBehindAnHttpsAddressIsATlsFailure() {
        try (EmbeddedServer plain = new EmbeddedServer(topic -> null)) {
            URI url = URI.create(plain.url().toString().replace("http:", "https:"));

            assertKind(() -> source(url).provider("prices", String.class).getSnapshot(), Kind.TLS);
        }
    }

    @Test
    void aBrokenGzipIsAProtocolError() {
        URI url = server.raw(gzipHead(4), "oops".getBytes(StandardCharsets.US_ASCII), Then.CLOSE);

        assertThatThrownBy(() -> source(url).provider("prices", String.class).getSnapshot())
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"prices\":7}", "{\"prices\":\"07\"}", "{", ""})
    void revisionsThatAreNoneAreAProtocolError(String body) {
        URI url = answer(200, body);

        assertThatThrownBy(() -> source(url).revisions().current(List.of("prices")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(url.toString());
    }

    @Test
    void revisionsOfTopicsThatNobodyAskedForAreIgnored() throws Exception {
        URI url = answer(200, "{\"prices\":\"7\",\"other\":\"8\"}");

        assertThat(source(url).revisions().current(List.of("prices"))).isEqualTo(Map.of("prices", new Revision(7)));
    }

    @Test
    void aUrlThatIsNoneIsRefusedWithoutShowingItsPassword() {
        assertThatThrownBy(() -> HttpSource.at(List.of())).hasMessageContaining("at least one url");
        assertThatThrownBy(() -> HttpSource.at(List.of(URI.create("http://me:secret@shop:8080"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> HttpSource.at(List.of(URI.create("shop:8080"))))
                .hasMessageContaining("https://shop:8080");
        assertThatThrownBy(() -> HttpSource.at(List.of(URI.create("ftp://shop"))))
                .hasMessageContaining("ftp://shop");
        assertThatThrownBy(
                        () -> HttpSource.at(List.of(URI.create("http://shop"))).maxSnapshotSize(0))
                .hasMessageContaining("max-snapshot-size");
        assertThatThrownBy(
                        () -> HttpSource.at(List.of(URI.create("http://shop"))).path("state/"))
                .hasMessageContaining("/statesync");
    }

    private URI answer(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String more = headers.length == 0 ? "X: y" : String.join("\r\n", headers);
        return server.raw(
                MisbehavingServer.head(
                        status, "Content-Type: application/json", "Content-Length: " + bytes.length, more),
                bytes,
                Then.CLOSE);
    }

    private static String gzipHead(int length) {
        return MisbehavingServer.head(
                200, "Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: " + length);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static HttpSource source(URI... urls) {
        return source(Library.JDK, urls);
    }

    private static HttpSource source(Library library, URI... urls) {
        return source(library.factory(Duration.ofSeconds(30)), urls);
    }

    private static HttpSource source(ClientHttpRequestFactory factory, URI... urls) {
        return HttpSource.at(List.of(urls))
                .client(RestClient.builder().requestFactory(factory))
                .maxSnapshotSize(1_000_000)
                .clock(() -> NOON)
                .build();
    }

    private static void assertKind(ThrowingCallable call, Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HttpSourceException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
                .hasMessageContaining("prices");
    }

    private static void assertRetryAfter(ThrowingCallable call, long seconds) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RetryAfter.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
    }
}
