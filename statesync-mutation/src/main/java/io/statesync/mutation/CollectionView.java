package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be read. Takes no lock; each call sees one consistent version, and {@link #data} keeps one (MU-C8).
 *
 * @param <K> the type of the key
 * @param <T> the type of a row
 */
public interface CollectionView<K, T> {

    /** The rows, of one version for as long as it is held. Unmodifiable. */
    Map<K, T> data();

    /** The row; null if there is none. */
    @Nullable
    T get(K key);

    /** How many rows there are. */
    int size();

    /** The rows, of one version, in no particular order. */
    Stream<T> stream();

    /** The newest revision that was received; null before the first, or if the source has none. */
    @Nullable
    Revision revision();
}
