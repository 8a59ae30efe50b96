package io.statesync.persistence;

import io.statesync.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of files for any topic, on any file system: only {@code [a-z0-9_~.-]}, so that {@code a} and {@code A} differ where
 * case does not count; never a device's name, for a prefix precedes each; never longer than 140 characters, for what is
 * longer is hashed. The file itself says whose it is.
 */
final class FileNames {

    static final String RECORD = ".snapshot";
    static final String TEMPORARY = ".tmp";
    static final String CORRUPT = ".corrupt";

    private static final int LONGEST = 90;

    private FileNames() {}

    /** The name of the topic's files, without an extension. */
    static String of(String topic) {
        String encoded = lowerCase(Topic.encode(topic));
        return encoded.length() <= LONGEST ? "t-" + encoded : "h-" + hash(topic.getBytes(StandardCharsets.UTF_8));
    }

    /* An escape is never written for a letter otherwise. */
    private static String lowerCase(String encoded) {
        StringBuilder name = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                name.append('~').append(Integer.toHexString(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    /** 64 hexadecimal digits. */
    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** 64 hexadecimal digits. */
    static String hash(RecordBytes record) {
        MessageDigest digest = sha256();
        try {
            record.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
