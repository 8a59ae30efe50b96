package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was received of a collection, held back or not (MU-L7). Immutable. */
final class ReceivedRows implements CollectionView<Object, Object> {

    private final Map<Object, Object> data;
    private final @Nullable Revision revision;

    ReceivedRows(View view) {
        data = view.received();
        revision = view.revision();
    }

    @Override
    public Map<Object, Object> data() {
        return data;
    }

    @Override
    public @Nullable Object get(Object key) {
        return data.get(key);
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public Stream<Object> stream() {
        return data.values().stream();
    }

    @Override
    public @Nullable Revision revision() {
        return revision;
    }
}
