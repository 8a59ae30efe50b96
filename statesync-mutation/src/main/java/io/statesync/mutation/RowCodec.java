package io.statesync.mutation;

/**
 * How rows of a collection are written for a storage that keeps bytes. Safe for use by any thread.
 *
 * @param <K> the type of the key
 * @param <T> the type of a row
 */
public interface RowCodec<K, T> {

    /** Its name, stored with each row; never changes for what it wrote. */
    String id();

    /** The version that it writes. */
    int version();

    /** The key as text, equal for equal keys. */
    String writeKey(K key);

    /** The key of that text. */
    K readKey(String text);

    /** The row as bytes. */
    byte[] write(T row);

    /**
     * The row of these bytes, of any version that was ever written: older ones are brought up to date.
     *
     * @throws RuntimeException if it cannot be read: the transaction is set aside and reported, and no other is harmed
     *     (MU-D10)
     */
    T read(byte[] bytes, int version);
}
