package io.statesync.spring.json;

import io.statesync.persistence.IntermediateForm;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * The data of one topic as JSON: written and read as a stream; a tree of it is made only to be migrated.
 *
 * @param data reads the topic's type
 * @param trees reads trees
 */
record JsonForm(ObjectReader data, ObjectReader trees, ObjectWriter writer)
        implements IntermediateForm<JsonNode, Object> {

    @Override
    public void encode(@Nullable Object value, OutputStream out) {
        writer.writeValue(out, value);
    }

    @Override
    public JsonNode read(InputStream in) {
        return trees.readValue(in);
    }

    @Override
    public @Nullable Object convert(JsonNode current) {
        try {
            return data.readValue(current);
        } catch (JacksonException e) {
            throw EnvelopeErrors.ofRecord(e);
        }
    }

    @Override
    public @Nullable Object decode(InputStream in) {
        try {
            return data.readValue(in);
        } catch (JacksonException e) {
            throw EnvelopeErrors.ofRecord(e);
        }
    }
}
