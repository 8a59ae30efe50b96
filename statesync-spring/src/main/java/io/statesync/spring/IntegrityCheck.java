package io.statesync.spring;

/** What tells that a persisted record is whole. */
public enum IntegrityCheck {
    /** A checksum, against accidents. */
    CRC32C,
    /** A digest, against accidents that a checksum could miss. */
    SHA256,
    /** A digest with a key, also against whoever can write to the storage but has no key. */
    HMAC
}
