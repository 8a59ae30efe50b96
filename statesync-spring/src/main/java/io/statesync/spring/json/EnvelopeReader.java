package io.statesync.spring.json;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectReader;

/** Reads one envelope off a parser; its members may come in any order, the data goes straight into its type (P3). */
final class EnvelopeReader<T> {

    private final JsonParser json;
    private final ObjectReader dataReader;
    private @Nullable Revision revision;
    private @Nullable T data;

    EnvelopeReader(JsonParser json, ObjectReader dataReader) {
        this.json = json;
        this.dataReader = dataReader;
    }

    SnapshotEnvelope<T> read() {
        json.nextToken();
        if (!json.isExpectedStartObjectToken()) {
            throw new ProtocolException("a snapshot envelope must be an object, got " + StrictJson.nameOf(json));
        }
        Set<String> names = new HashSet<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (!names.add(name)) {
                throw new ProtocolException("the snapshot envelope has a member twice: " + quoted(name));
            }
            json.nextToken();
            take(name);
        }
        if (json.nextToken() != null) {
            throw new ProtocolException("there is more text after the snapshot envelope");
        }
        if (revision == null || !names.contains("data")) {
            throw new ProtocolException(
                    "the snapshot envelope has no " + (revision == null ? "\"revision\"" : "\"data\" (null would do)"));
        }
        return new SnapshotEnvelope<>(revision, data);
    }

    private void take(String name) {
        switch (name) {
            case "revision" -> revision = StrictJson.revision(json);
            case "data" -> data = dataReader.readValue(json);
            default -> json.skipChildren();
        }
    }

    private static String quoted(String name) {
        return '"' + (name.length() > 80 ? name.substring(0, 80) + "..." : name) + '"';
    }
}
