package io.statesync.persistence;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a damaged record is found: a check value over the topic, the record's header and its stored payload. Immutable.
 *
 * <p>CRC32C and SHA-256 find damage, and each reads the records of the other. HMAC finds forgery too: with it, records
 * without it are set aside; without its key, records with it are left alone.
 */
public final class Integrity {

    private static final int SHORTEST_KEY = 16;
    private static final int CRC32C_ID = 1;
    private static final int SHA256_ID = 2;
    private static final int HMAC_ID = 3;

    private static final Integrity CRC32C = new Integrity(CRC32C_ID, "crc32c", Integrity::crc);
    private static final Integrity SHA256 = new Integrity(SHA256_ID, "sha256", Integrity::digest);

    private final int id;
    private final String name;
    private final Supplier<Check> checks;

    private Integrity(int id, String name, Supplier<Check> checks) {
        this.id = id;
        this.name = name;
        this.checks = checks;
    }

    /** 4 bytes, the fastest; the default. */
    public static Integrity crc32c() {
        return CRC32C;
    }

    /** 32 bytes. */
    public static Integrity sha256() {
        return SHA256;
    }

    /**
     * 32 bytes that nobody can compute without the key.
     *
     * @param key 16 bytes or more, copied
     * @throws IllegalArgumentException if the key is shorter
     */
    public static Integrity hmacSha256(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key of an HMAC must have at least " + SHORTEST_KEY + " bytes, got "
                    + key.length + ": take 32 random ones");
        }
        SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
        return new Integrity(HMAC_ID, "hmac", () -> mac(secret));
    }

    /** The name in properties and reports. */
    public String name() {
        return name;
    }

    int id() {
        return id;
    }

    Check begin() {
        return checks.get();
    }

    /**
     * How to check a record that was written with this id.
     *
     * @throws UnsupportedRecordException if that cannot be done here, though the record may be good
     * @throws CorruptRecordException if it must not be trusted here
     */
    Integrity reading(int written) throws UnsupportedRecordException, CorruptRecordException {
        if (written == id) {
            return this;
        }
        if (written == HMAC_ID) {
            throw new UnsupportedRecordException("the record is signed (hmac), and the key is not configured here");
        }
        if (written != CRC32C_ID && written != SHA256_ID) {
            throw new UnsupportedRecordException("the record has an integrity check that is not known: " + written);
        }
        if (id == HMAC_ID) {
            throw new CorruptRecordException(
                    "the record is not signed, and hmac is configured: anybody could have written it");
        }
        return written == CRC32C_ID ? CRC32C : SHA256;
    }

    private static Check crc() {
        CRC32C crc = new CRC32C();
        return new Check() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                crc.update(bytes, offset, length);
            }

            @Override
            public byte[] value() {
                long value = crc.getValue();
                return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
            }
        };
    }

    private static Check digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new Check() {
                @Override
                public void update(byte[] bytes, int offset, int length) {
                    digest.update(bytes, offset, length);
                }

                @Override
                public byte[] value() {
                    return digest.digest();
                }
            };
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Check mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return new Check() {
                @Override
                public void update(byte[] bytes, int offset, int length) {
                    mac.update(bytes, offset, length);
                }

                @Override
                public byte[] value() {
                    return mac.doFinal();
                }
            };
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A check value in the making; for one thread. */
    interface Check {

        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }
}
