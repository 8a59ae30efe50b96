package io.statesync.spring.json;

import io.statesync.persistence.Migrations;
import io.statesync.persistence.VersionedCodec;
import io.statesync.spring.PersistedFormat;
import java.lang.reflect.Type;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Persisted data as JSON in UTF-8, written and read by the application's mapper, without default typing: the declared type
 * decides, never the record. Migrations work on {@link JsonNode}. Safe for use by any thread.
 */
public final class JsonPersistedFormat implements PersistedFormat {

    private final ObjectReader reader;
    private final ObjectWriter writer;

    /** @param mapper the application's mapper, with its modules and settings */
    public JsonPersistedFormat(JsonMapper mapper) {
        JsonMapper untyped = mapper.rebuild().deactivateDefaultTyping().build();
        this.reader = untyped.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .without(DeserializationFeature.UNWRAP_ROOT_VALUE);
        this.writer = untyped.writer()
                .without(SerializationFeature.WRAP_ROOT_VALUE)
                .without(SerializationFeature.INDENT_OUTPUT)
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET);
    }

    @Override
    @SuppressWarnings("unchecked") // the form of the migrations is what this format says
    public VersionedCodec<Object> codec(Type type, Migrations<?> migrations) {
        return VersionedCodec.migrating(
                (Migrations<JsonNode>) migrations,
                new JsonForm(
                        reader.forType(reader.typeFactory().constructType(type)),
                        // a tree of doubles would not be what was written
                        reader.forType(JsonNode.class)
                                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES),
                        writer.forType(reader.typeFactory().constructType(type))));
    }
}
