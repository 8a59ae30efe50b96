package io.statesync.mutation;

/** A row. */
record Todo(String id, String text, int count) {

    static final RowModel<String, Todo> ROWS = RowModel.ofRecord(Todo.class, Todo::id);

    static Todo of(String id, String text) {
        return new Todo(id, text, 0);
    }

    Todo withText(String other) {
        return new Todo(id, other, count);
    }

    Todo withCount(int other) {
        return new Todo(id, text, other);
    }
}
