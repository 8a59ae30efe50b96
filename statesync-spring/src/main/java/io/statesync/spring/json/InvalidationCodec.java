package io.statesync.spring.json;

import io.statesync.InvalidationEvent;
import io.statesync.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Invalidation events as JSON objects in UTF-8 (P1, P2). It knows no settings: the wire format is the same in every
 * application. Safe for use by any thread.
 */
public final class InvalidationCodec {

    private static final int SHOWN_PAYLOAD = 1024;

    /** The event as JSON; fields that are absent are left out. */
    public byte[] encode(InvalidationEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (JsonGenerator json = StrictJson.EVENTS.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("topic", event.topic());
            json.writeStringProperty("revision", event.revision().toString());
            if (event.sourceId() != null) {
                json.writeStringProperty("sourceId", event.sourceId());
            }
            if (event.timestampMs() != InvalidationEvent.NO_TIMESTAMP) {
                json.writeNumberProperty("timestampMs", event.timestampMs());
            }
            if (event.traceparent() != null) {
                json.writeStringProperty("traceparent", event.traceparent());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Reads what came. Never throws: what is no event is {@link InvalidationMessage.Malformed}. */
    public InvalidationMessage decode(byte @Nullable [] payload) {
        if (payload == null) {
            return malformed("no payload at all", null, new byte[0], null);
        }
        try (JsonParser json = StrictJson.EVENTS.createParser(payload)) {
            json.nextToken();
            if (!json.isExpectedStartObjectToken()) {
                return malformed("expected an object, got " + StrictJson.nameOf(json), null, payload, null);
            }
            InvalidationFields fields = InvalidationFields.read(json);
            if (json.nextToken() != null) {
                return malformed("there is more text after the object", null, payload, null);
            }
            String problem = fields.problem();
            return problem == null ? fields.event() : malformed(problem, fields.usableTopic(), payload, null);
        } catch (JacksonException e) {
            return malformed("not strict JSON: " + e.getOriginalMessage(), null, payload, e);
        }
    }

    /** {@link #decode(byte[])} for transports that carry text. */
    public InvalidationMessage decode(@Nullable String payload) {
        return decode(payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
    }

    private static InvalidationMessage malformed(
            String problem, @Nullable String topic, byte[] payload, @Nullable Throwable cause) {
        String shown = new String(payload, 0, Math.min(payload.length, SHOWN_PAYLOAD), StandardCharsets.UTF_8);
        return new InvalidationMessage.Malformed(
                topic, shown, new ProtocolException("malformed invalidation: " + problem, cause));
    }
}
