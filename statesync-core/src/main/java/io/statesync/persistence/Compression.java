package io.statesync.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Makes stored payloads smaller. Safe for use by any thread. What comes back is bounded by the length that the record
 * states, so that a small record cannot fill the memory.
 */
public interface Compression {

    /** The bytes as they are. */
    Compression NONE = new NoCompression();

    /** The gzip of the JDK. */
    Compression GZIP = new GzipCompression();

    /** The smallest {@link #id} that is free for compressions that StateSync does not know. */
    int FIRST_CUSTOM_ID = 64;

    /** Stands in each record: unique among the compressions of an application and constant for ever; 64 to 255 for yours. */
    int id();

    /** The name in properties and reports. */
    String name();

    /** Compresses what is written; closing the returned stream ends the compressed data and closes {@code out}. */
    OutputStream compress(OutputStream out) throws IOException;

    /** Reads what {@link #compress} wrote. */
    InputStream decompress(InputStream in) throws IOException;
}
