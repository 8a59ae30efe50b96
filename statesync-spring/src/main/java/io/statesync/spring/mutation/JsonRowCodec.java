package io.statesync.spring.mutation;

import io.statesync.mutation.RowCodec;
import java.lang.reflect.Type;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows and keys as JSON, by the application's mapper without default typing: the declared types decide, never what is
 * stored. Version 1; for another one, write a {@link RowCodec} around it that brings older rows up to date.
 */
public final class JsonRowCodec<K, T> implements RowCodec<K, T> {

    private final boolean textKeys;
    private final ObjectReader keys;
    private final ObjectReader rows;
    private final ObjectWriter writer;

    /**
     * One for these types.
     *
     * @param mapper the application's mapper, with its modules and settings
     */
    public JsonRowCodec(JsonMapper mapper, Type key, Type row) {
        JsonMapper untyped = mapper.rebuild().deactivateDefaultTyping().build();
        textKeys = key == String.class;
        keys = untyped.readerFor(untyped.constructType(key));
        rows = untyped.readerFor(untyped.constructType(row));
        writer = untyped.writer();
    }

    @Override
    public String id() {
        return "json";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String writeKey(K key) {
        return textKeys ? (String) key : writer.writeValueAsString(key);
    }

    @Override
    @SuppressWarnings("unchecked") // a key of text is a String
    public K readKey(String text) {
        return textKeys ? (K) text : keys.readValue(text);
    }

    @Override
    public byte[] write(T row) {
        return writer.writeValueAsBytes(row);
    }

    /** @throws IllegalArgumentException if it was written in another version */
    @Override
    public T read(byte[] bytes, int version) {
        if (version != version()) {
            throw new IllegalArgumentException("a row was written in version " + version
                    + ", which only the codec can read that wrote it: give the collection that codec");
        }
        return rows.readValue(bytes);
    }
}
