package io.statesync.spring.json;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.JacksonIOException;

/** The answer to a probe, {@code {"prices":"42"}} (P1, P8). Safe for use by any thread. */
public final class RevisionsCodec {

    private RevisionsCodec() {}

    /** The answer as bytes. */
    public static byte[] encode(Map<String, Revision> revisions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.ENVELOPES.createGenerator(bytes)) {
            json.writeStartObject();
            revisions.forEach((topic, revision) -> json.writeStringProperty(topic, revision.toString()));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the answer.
     *
     * @throws ProtocolException if it is not an object of canonical revisions
     * @throws IOException if the stream fails
     */
    public static Map<String, Revision> decode(InputStream in) throws IOException {
        try (JsonParser json = StrictJson.ENVELOPES.createParser(in)) {
            json.nextToken();
            if (!json.isExpectedStartObjectToken()) {
                throw new ProtocolException("revisions must be an object, got " + StrictJson.nameOf(json));
            }
            Map<String, Revision> revisions = new HashMap<>();
            for (String topic = json.nextName(); topic != null; topic = json.nextName()) {
                json.nextToken();
                revisions.put(topic, StrictJson.revision(json));
            }
            if (json.nextToken() != null) {
                throw new ProtocolException("there is more text after the revisions");
            }
            return revisions;
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new ProtocolException("the revisions are not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
