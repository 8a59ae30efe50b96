package io.statesync.mutation;

import java.nio.charset.StandardCharsets;

/** Todos as text; version 1 had no count. */
record TodoCodec(int version) implements RowCodec<String, Todo> {

    @Override
    public String id() {
        return "todo";
    }

    @Override
    public String writeKey(String key) {
        return key;
    }

    @Override
    public String readKey(String text) {
        return text;
    }

    @Override
    public byte[] write(Todo row) {
        return (row.id() + "|" + row.text() + "|" + row.count()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Todo read(byte[] bytes, int written) {
        if (written > version) {
            throw new IllegalStateException("version " + written + " is of the future");
        }
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\\|");
        return new Todo(parts[0], parts[1], written == 1 ? -1 : Integer.parseInt(parts[2]));
    }
}
