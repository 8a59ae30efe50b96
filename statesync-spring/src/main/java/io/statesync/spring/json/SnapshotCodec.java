package io.statesync.spring.json;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Snapshot envelopes as JSON in UTF-8 (P1, P3). The envelope is strict; its data is written and read by the application's
 * mapper, without default typing: the declared type decides, never the sender. Safe for use by any thread.
 */
public final class SnapshotCodec {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    /** @param mapper the application's mapper, with its modules and settings */
    public SnapshotCodec(JsonMapper mapper) {
        JsonMapper untyped = mapper.rebuild().deactivateDefaultTyping().build();
        // the data is a member of the envelope: the text goes on after it
        this.reader = untyped.reader()
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .without(DeserializationFeature.UNWRAP_ROOT_VALUE);
        this.writer = untyped.writer().without(SerializationFeature.WRAP_ROOT_VALUE);
    }

    /**
     * The envelope as bytes.
     *
     * @throws tools.jackson.core.JacksonException if the data cannot be written as JSON
     */
    public byte[] encode(SnapshotEnvelope<?> envelope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = StrictJson.ENVELOPES.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("revision", envelope.revision().toString());
            json.writeName("data");
            writer.writeValue(json, envelope.data());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /**
     * The data alone, for a store that keeps the revision beside it.
     *
     * @throws tools.jackson.core.JacksonException if the data cannot be written as JSON
     */
    public byte[] encodeData(@Nullable Object data) {
        return writer.writeValueAsBytes(data);
    }

    /**
     * Reads what {@link #encodeData} wrote. Reads the stream to its end and does not close it.
     *
     * @throws ProtocolException if it is not JSON, or does not fit the type
     * @throws IOException if the stream fails: a matter of transport
     */
    public <T> SnapshotEnvelope<T> decode(Revision revision, InputStream data, Type type) throws IOException {
        byte[] before = ("{\"revision\":\"" + revision + "\",\"data\":").getBytes(StandardCharsets.UTF_8);
        return decode(
                new SequenceInputStream(
                        new SequenceInputStream(new ByteArrayInputStream(before), data),
                        new ByteArrayInputStream(new byte[] {'}'})),
                type);
    }

    /**
     * Reads an envelope straight into the type, without a copy of the text. Reads the stream to its end and does not close
     * it.
     *
     * @param type what the data is
     * @throws ProtocolException if it is no snapshot envelope, or its data does not fit the type
     * @throws IOException if the stream fails: a matter of transport
     */
    public <T> SnapshotEnvelope<T> decode(InputStream in, Type type) throws IOException {
        try (JsonParser json = StrictJson.ENVELOPES.createParser(in)) {
            return new EnvelopeReader<T>(
                            json, reader.forType(reader.typeFactory().constructType(type)))
                    .read();
        } catch (RuntimeException e) {
            throw EnvelopeErrors.translate(e, type);
        }
    }
}
