package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The browser's side as it is served. */
class BrowserModuleTest {

    private static final int SIX_KILOBYTES = 6 * 1024;

    private final BrowserModule module = new BrowserModule();

    @Test
    void itIsAModuleThatExportsWhatPagesNeed() throws Exception {
        MockHttpServletResponse response = ask("GET");

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(response.getHeader("ETag")).matches("\"[0-9a-f]{8}\"");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(response.getHeader("Vary")).isEqualTo("Accept-Encoding");
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(response.getContentAsString())
                .startsWith("/* StateSync (MIT).")
                .contains("export function connect", "export function createRevisionSync")
                .doesNotContain("// ----");
    }

    @Test
    void itIsSmall() throws Exception {
        MockHttpServletResponse response = ask("GET", "Accept-Encoding", "gzip, br");

        assertThat(response.getHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(response.getContentAsByteArray()).hasSizeLessThanOrEqualTo(SIX_KILOBYTES);
        assertThat(response.getHeader("ETag")).endsWith("-gzip\"");
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(response.getContentAsByteArray()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(ask("GET").getContentAsByteArray());
        }
    }

    @Test
    void whoHasItIsToldSo() throws Exception {
        String tag = ask("GET").getHeader("ETag");

        MockHttpServletResponse response = ask("GET", "If-None-Match", tag);

        assertThat(response.getStatus()).isEqualTo(304);
        assertThat(response.getContentAsByteArray()).isEmpty();
        assertThat(response.getHeader("ETag")).isEqualTo(tag);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(ask("GET", "If-None-Match", "\"00000000\"").getStatus()).isEqualTo(200);
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        MockHttpServletResponse get = ask("GET");

        MockHttpServletResponse head = ask("HEAD");

        assertThat(head.getStatus()).isEqualTo(200);
        assertThat(head.getContentAsByteArray()).isEmpty();
        for (String header : get.getHeaderNames()) {
            assertThat(head.getHeader(header)).isEqualTo(get.getHeader(header));
        }
    }

    @Test
    void nothingElseIsPossible() throws Exception {
        MockHttpServletResponse response = ask("POST");

        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("GET, HEAD");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
    }

    @Test
    void aNativeImageKeepsIt() {
        RuntimeHints hints = new RuntimeHints();

        new BrowserModuleHints().registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.resource().forResource("io/statesync/spring/http/statesync.js"))
                .accepts(hints);
    }

    private MockHttpServletResponse ask(String method, String... header) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/statesync/statesync.js");
        request.addHeader("Accept", "*/*");
        if (header.length > 0) {
            request.addHeader(header[0], header[1]);
        }
        MockHttpServletResponse response = new MockHttpServletResponse();
        module.handleRequest(request, response);
        return response;
    }
}
