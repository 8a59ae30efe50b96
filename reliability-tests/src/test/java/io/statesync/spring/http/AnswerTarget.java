package io.statesync.spring.http;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * What a source, or what answers in its place, sends to a replica: any status, headers and body. A snapshot, or one of the
 * two documented errors; never more than the limit is read, and the next good answer is taken.
 */
public final class AnswerTarget implements FuzzTarget {

    private static final int LIMIT = 4 * 1024;
    private static final int BUFFERS = 20 * 1024;
    private static final int BOMB = 1024 * 1024;
    private static final int[] STATUS = {200, 200, 200, 304, 404, 401, 403, 429, 503, 500, 204, 302, 206, 599, 100};
    private static final String[] TYPES = {"application/json", "application/json;charset=utf-8", "text/html", "*/*", ""
    };
    private static final String GOOD = "{\"revision\":\"7\",\"data\":{\"a\":1}}";

    private final HttpSource source = HttpSource.at(List.of(URI.create("http://source:8080")))
            .client(RestClient.builder().requestFactory((uri, method) -> {
                MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
                request.setResponse(response());
                return request;
            }))
            .maxSnapshotSize(LIMIT)
            .build();
    private final ConditionalSnapshotProvider<Map<String, Object>> provider = source.provider("prices", Map.class);
    private final RevisionReader revisions = source.revisions();

    private int status;
    private HttpHeaders headers = new HttpHeaders();
    private byte[] body = {};
    private CountedBody sent = new CountedBody(body);

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of("\"7-abc\"\n\n" + GOOD, 0, 0, 0, 0),
                Input.of("W/\"7\"\n120\n" + GOOD, 0, 0, 1, 1),
                Input.of("\nWed, 21 Oct 2026 07:28:00 GMT\n", 8, 0, 0, 0),
                Input.of("\n99999999999\nx", 7, 0, 0, 0),
                Input.of("\n\n {\"revision\":\"7\",\"data\":", 0, 0, 2, 0),
                Input.of("\n\n<html>", 0, 2, 0, 0),
                Input.of("\n\n\u001f\u008b", 0, 0, 3, 0),
                Input.of("\n\n{\"prices\":\"42\"}", 0, 0, 0, 2),
                Input.of("\n\n", 3, 0, 0, 1));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        status = STATUS[input.below(STATUS.length)];
        headers = new HttpHeaders();
        String type = input.oneOf(TYPES);
        int packing = input.below(4);
        int way = input.below(3);
        String etag = input.line();
        String retry = input.line();
        byte[] rest = input.rest();
        set(HttpHeaders.CONTENT_TYPE, type.isEmpty() ? etag : type);
        set(HttpHeaders.ETAG, etag);
        set(HttpHeaders.RETRY_AFTER, retry);
        if (packing > 0) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        body = packing == 0 || packing == 3 ? rest : packed(rest, packing == 2);
        ask(way);
        Oracle.holds(sent.count() <= LIMIT + BUFFERS, sent.count() + " bytes were read of " + body.length);

        status = 200;
        headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
        body = GOOD.getBytes(StandardCharsets.UTF_8);
        Oracle.same(new SnapshotEnvelope<>(new Revision(7), Map.of("a", 1)), provider.getSnapshot(), "a good answer");
    }

    private void ask(int way) throws Exception {
        switch (way) {
            case 0 ->
                small(Optional.ofNullable(Oracle.valueOrRefusal(
                        provider::getSnapshot, ProtocolException.class, HttpSourceException.class)));
            case 1 -> {
                Optional<SnapshotEnvelope<Map<String, Object>>> answer = Oracle.valueOrRefusal(
                        () -> provider.getSnapshotUnless(new Revision(7)),
                        ProtocolException.class,
                        HttpSourceException.class);
                small(answer == null ? Optional.empty() : answer);
            }
            default -> {
                Map<String, Revision> current = Oracle.valueOrRefusal(
                        () -> revisions.current(List.of("prices")), ProtocolException.class, HttpSourceException.class);
                Oracle.holds(current == null || current.size() <= 1, "revisions of topics that nobody asked for");
            }
        }
    }

    private static void small(Optional<SnapshotEnvelope<Map<String, Object>>> snapshot) {
        snapshot.ifPresent(it -> Oracle.holds(
                it.data() == null || it.data().toString().length() <= 4 * LIMIT, "a snapshot beyond the limit"));
    }

    /* What an HTTP library lets through: visible letters. */
    private void set(String header, String value) {
        String visible = value.replaceAll("[^\\x20-\\x7e\\x80-\\xff]", "");
        if (!visible.isEmpty()) {
            headers.set(header, visible);
        }
    }

    private MockClientHttpResponse response() {
        sent = new CountedBody(body);
        MockClientHttpResponse response = new MockClientHttpResponse(sent, HttpStatusCode.valueOf(status));
        response.getHeaders().putAll(headers);
        return response;
    }

    private static byte[] packed(byte[] bytes, boolean bomb) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            int times = bomb && bytes.length > 0 ? BOMB / bytes.length : 1;
            for (int i = 0; i < times; i++) {
                gzip.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
