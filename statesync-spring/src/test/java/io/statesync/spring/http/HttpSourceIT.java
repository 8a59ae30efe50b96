package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.policy.RetryAfter;
import io.statesync.spring.http.HttpSourceException.Kind;
import io.statesync.spring.http.MisbehavingServer.Then;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

/** The client against servers that answer as they like. */
class HttpSourceIT extends HttpSourceBed {

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
}
