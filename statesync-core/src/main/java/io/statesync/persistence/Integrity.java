package io.statesync.persistence;

/**
 * How a damaged record is found: a check value over the topic, the record's header and its stored payload. Immutable.
 *
 * <p>CRC32C and SHA-256 find damage, and each reads the records of the other. HMAC finds forgery too: with it, records
 * without it are set aside; without its key, records with it are left alone.
 */
public final class Integrity {

    private final String name;

    private Integrity(String name) {
        this.name = name;
    }

    /** 4 bytes, the fastest; the default. */
    public static Integrity crc32c() {
        return new Integrity("crc32c");
    }

    /** 32 bytes. */
    public static Integrity sha256() {
        return new Integrity("sha256");
    }

    /**
     * 32 bytes that nobody can compute without the key.
     *
     * @param key 16 bytes or more, copied
     * @throws IllegalArgumentException if the key is shorter
     */
    public static Integrity hmacSha256(byte[] key) {
        return new Integrity("hmac");
    }

    /** The name in properties and reports. */
    public String name() {
        return name;
    }
}
