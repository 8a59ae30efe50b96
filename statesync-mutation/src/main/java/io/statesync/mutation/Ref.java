package io.statesync.mutation;

import java.util.Objects;

/**
 * A row's place: its key inside a collection.
 *
 * @param collection the id of the collection
 * @param key the key
 */
public record Ref(String collection, Object key) {

    public Ref {
        Objects.requireNonNull(collection, "a ref needs a collection");
        Objects.requireNonNull(key, "a ref needs a key");
    }

    @Override
    public String toString() {
        return collection + "/" + key;
    }
}
