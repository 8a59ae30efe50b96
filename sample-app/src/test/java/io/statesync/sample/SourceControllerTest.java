package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
class SourceControllerTest {

    @TempDir
    private static Path directory;

    @Autowired
    private MockMvcTester mvc;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("sample.data-dir", () -> directory);
    }

    @Test
    void aPutIsReadAgainAtItsRevision() {
        String name = unusedName();
        String revision = revision(put(name, "{\"enabled\":true}"));

        assertThat(mvc.get().uri("/api/feature-flags"))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.revision", it -> assertThat(it).isEqualTo(revision))
                .hasPathSatisfying("$.state", it -> assertThat(it).isEqualTo("LIVE"))
                .hasPathSatisfying(
                        "$.data['" + name + "'].enabled", it -> assertThat(it).isEqualTo(true));
    }

    @Test
    void aDeleteTakesItAway() {
        String name = unusedName();
        revision(put(name, "{\"enabled\":false}"));
        String revision =
                revision(mvc.delete().uri("/api/feature-flags/{name}", name).exchange());

        assertThat(mvc.get().uri("/api/feature-flags"))
                .bodyJson()
                .hasPathSatisfying("$.revision", it -> assertThat(it).isEqualTo(revision))
                .doesNotHavePath("$.data['" + name + "']");
    }

    @Test
    void deletingAnUnknownFlagIs404() {
        assertProblem(
                mvc.delete().uri("/api/feature-flags/never-there").exchange(),
                HttpStatus.NOT_FOUND,
                "There is no feature flag \\\"never-there\\\".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"enabled\":\"maybe\"}",
                "{\"enabled\":\"true\"}",
                "{\"enabled\":1}",
                "{\"enabled\":null}",
                "{\"enabled\":[true]}",
                "{\"enable\":true}",
                "{}",
                "null",
                "true",
                "[]",
                "{\"enabled\":true",
                "{\"enabled\":true} {}",
                "enabled=true",
                ""
            })
    void aBodyThatIsNoFlagIs400(String body) {
        String name = unusedName();
        assertProblem(put(name, body), HttpStatus.BAD_REQUEST, "The body is no feature flag: it has to be ");
        assertThat(mvc.get().uri("/api/feature-flags")).bodyJson().doesNotHavePath("$.data['" + name + "']");
    }

    @Test
    void aNameThatCannotBeIs400() {
        assertProblem(
                put("x".repeat(101), "{\"enabled\":true}"),
                HttpStatus.BAD_REQUEST,
                "The name of a feature flag has 1 to 100 characters, not 101.");
        assertProblem(
                mvc.delete().uri("/api/feature-flags/{name}", " ").exchange(),
                HttpStatus.BAD_REQUEST,
                "The name of a feature flag has ");
    }

    @Test
    void otherMethodsAndTypesAreRefusedAsProblems() {
        assertProblem(mvc.post().uri("/api/feature-flags/a").exchange(), HttpStatus.METHOD_NOT_ALLOWED, "POST");
        assertProblem(
                mvc.put()
                        .uri("/api/feature-flags/a")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("{\"enabled\":true}")
                        .exchange(),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "text/plain");
        assertProblem(
                mvc.get()
                        .uri("/api/feature-flags")
                        .accept(MediaType.parseMediaType("text/csv"))
                        .exchange(),
                HttpStatus.NOT_ACCEPTABLE,
                "");
    }

    @Test
    void aReloadIssuesANewerRevisionOfTheSameTable() {
        MvcTestResult before = mvc.get().uri("/api/currencies").exchange();
        String reloaded = revision(mvc.post().uri("/api/currencies/reload").exchange());

        assertThat(mvc.get().uri("/api/currencies"))
                .bodyJson()
                .hasPathSatisfying("$.revision", it -> assertThat(it).isEqualTo(reloaded))
                .hasPathSatisfying("$.state", it -> assertThat(it).isEqualTo("LIVE"))
                .hasPathSatisfying(
                        "$.data.EUR.numericCode", it -> assertThat(it).isEqualTo("978"));
        assertThat(before).bodyJson().extractingPath("$.revision").isNotEqualTo(reloaded);
    }

    @Test
    void thePageIsServed() {
        assertThat(mvc.get().uri("/index.html")).hasStatusOk().bodyText().contains("feature-flags", "js/start.js");
    }

    @Test
    void onlyWhatTheSampleIsAboutIsExposed() {
        assertThat(mvc.get().uri("/actuator/health")).hasStatusOk();
        assertThat(mvc.get().uri("/actuator/metrics")).hasStatusOk();
        assertThat(mvc.get().uri("/actuator/statesync")).hasStatusOk();
        assertThat(mvc.get().uri("/actuator/env")).hasStatus(HttpStatus.NOT_FOUND);
    }

    private MvcTestResult put(String name, String body) {
        return mvc.put()
                .uri("/api/feature-flags/{name}", name)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String unusedName() {
        return "flag-" + UUID.randomUUID();
    }

    /** The revision, after a look at the form of the whole answer. */
    private static String revision(MvcTestResult written) {
        assertThat(written).hasStatusOk().bodyText().matches("\\{\"revision\":\"[1-9][0-9]*\"}");
        return new String(written.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8).replaceAll("\\D", "");
    }

    private static void assertProblem(MvcTestResult result, HttpStatus status, String detail) {
        assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(result).bodyText().contains("\"status\":" + status.value(), detail);
    }
}
