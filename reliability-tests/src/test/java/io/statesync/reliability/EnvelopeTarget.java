package io.statesync.reliability;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.json.RevisionsCodec;
import io.statesync.spring.json.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots and the answers to probes, into several types: a value, or an error of the protocol. */
final class EnvelopeTarget implements FuzzTarget {

    private static final Type[] TYPES = {Object.class, String.class, Map.class, JsonNode.class, Price[].class};

    private final SnapshotCodec codec = new SnapshotCodec(JsonMapper.builder().build());

    /** A type with traps: an enumeration, a number with a limit, a nested record. */
    record Price(
            String sku,
            BigDecimal amount,
            @Nullable Kind kind,
            int stock,
            @Nullable Price before) {}

    enum Kind {
        NET,
        GROSS
    }

    @Override
    public List<byte[]> seeds() {
        String price = "{\"sku\":\"a\",\"amount\":1.50,\"kind\":\"NET\",\"stock\":3,\"before\":null}";
        return List.of(
                Input.of("{\"revision\":\"42\",\"data\":[" + price + "]}", 4),
                Input.of("{\"revision\":\"42\",\"data\":{\"a\":[1,2.5e3,{\"b\":null}]}}", 0),
                Input.of("{\"data\":\"x\",\"later\":{\"a\":[]},\"revision\":\"0\"}", 1),
                Input.of("{\"revision\":\"1\",\"data\":null}", 2),
                Input.of(
                        "{\"revision\":\"1\",\"data\":{\"@class\":\"java.util.ArrayList\",\"x\":[\"java.net.URL\",\"http://x\"]}}",
                        3),
                Input.of("{\"revision\":1,\"revision\":\"1\"}", 0),
                Input.of("{\"revision\":\"1\",\"data\":1}{", 0),
                Input.of("{\"revision\":\"1\",\"data\":1e999999999}", 4),
                Input.of("{\"prices\":\"42\",\"flags\":\"18446744073709551615\"}", 5),
                Input.of("[".repeat(1100), 0));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        int way = input.below(TYPES.length + 1);
        byte[] json = input.rest();
        if (way == TYPES.length) {
            revisions(json);
        } else {
            snapshot(json, TYPES[way]);
        }
    }

    private void snapshot(byte[] json, Type type) throws Exception {
        SnapshotEnvelope<Object> read = Oracle.valueOrRefusal(
                () -> codec.decode(new ByteArrayInputStream(json), type), ProtocolException.class);
        if (read == null) {
            return;
        }
        byte[] printed = codec.encode(read);
        SnapshotEnvelope<Object> again = codec.decode(new ByteArrayInputStream(printed), type);
        Oracle.same(read.revision(), again.revision(), "the revision, read again");
        // equal as text: an array is not equal to its like
        Oracle.same(new String(printed), new String(codec.encode(again)), "the snapshot, printed again");
        SnapshotEnvelope<Object> apart =
                codec.decode(read.revision(), new ByteArrayInputStream(codec.encodeData(read.data())), type);
        Oracle.same(new String(printed), new String(codec.encode(apart)), "the snapshot from a store");
    }

    private static void revisions(byte[] json) throws Exception {
        Map<String, Revision> read = Oracle.valueOrRefusal(
                () -> RevisionsCodec.decode(new ByteArrayInputStream(json)), ProtocolException.class);
        if (read != null) {
            byte[] printed = RevisionsCodec.encode(read);
            Oracle.same(read, RevisionsCodec.decode(new ByteArrayInputStream(printed)), "revisions, read again");
        }
    }
}
