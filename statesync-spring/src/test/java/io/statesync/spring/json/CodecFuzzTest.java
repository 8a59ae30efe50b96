package io.statesync.spring.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.Topic;
import io.statesync.spring.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes in, the codecs answer with a value or with an error of the protocol, and with nothing else. */
class CodecFuzzTest {

    private static final int INPUTS = 30_000;
    private static final String[] VALID = {
        "{\"topic\":\"prices\",\"revision\":\"42\",\"sourceId\":\"a\",\"timestampMs\":1,\"traceparent\":\"00-1-1-01\"}",
        "{\"revision\":\"42\",\"data\":{\"a\":[1,2,{\"b\":null}]}}",
        "{\"prices\":\"42\",\"flags\":\"18446744073709551615\"}",
        "{\"revision\":\"42\",\"data\":null}"
    };

    private final Fuzz fuzz = new Fuzz("the codecs", INPUTS);
    private final InvalidationCodec invalidations = new InvalidationCodec();
    private final SnapshotCodec snapshots =
            new SnapshotCodec(JsonMapper.builder().build());

    @AfterEach
    void close() {
        fuzz.close();
    }

    @Test
    void nothingButAValueOrAnErrorOfTheProtocolComesOut() throws Exception {
        fuzz.play(number -> {
            byte[] input = input();
            String text = new String(input, StandardCharsets.UTF_8);
            // never throws: what is malformed is a message too
            assertThat(invalidations.decode(input)).isNotNull();
            assertThat(invalidations.decode(text)).isNotNull();
            refusedAtMost(() -> snapshots.decode(stream(input), fuzz.oneIn(2) ? Map.class : String.class));
            refusedAtMost(() -> RevisionsCodec.decode(stream(input)));
            refusedAtMost(() -> Revision.parse(fuzz.oneIn(2) ? text : fuzz.text()));
            invalidNameAtMost(text);
            invalidNameAtMost(fuzz.text());
        });
        assertThat(fuzz.loud()).isEmpty();
        fuzz.assertNoGrowth();
    }

    private byte[] input() {
        return switch (fuzz.below(6)) {
            case 0 -> fuzz.bytes(300);
            case 1 -> fuzz.text().getBytes(StandardCharsets.UTF_8);
            case 2 -> ("{\"revision\":" + nested(fuzz.below(1_000)) + ",\"data\":1}").getBytes(StandardCharsets.UTF_8);
            default ->
                fuzz.mutated(fuzz.oneOf(VALID))
                        .getBytes(fuzz.oneIn(4) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        };
    }

    private String nested(int depth) {
        String open = fuzz.oneOf("[", "{\"a\":");
        return fuzz.oneIn(20) ? open.repeat(depth) : open + "1";
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static void refusedAtMost(Decoding decoding) throws IOException {
        try {
            decoding.decode();
        } catch (ProtocolException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private static void invalidNameAtMost(String text) {
        try {
            String name = Topic.decode(text);
            assertThat(Topic.encode(name)).isEqualTo(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private interface Decoding {
        void decode() throws IOException;
    }
}
