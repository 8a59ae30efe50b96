package io.statesync.persistence;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Puts right checks around any header and payload: a fuzzer does not find a CRC by itself. */
final class SealedRecord {

    private static final int MAGIC = 0x53535243;
    private static final int FORMAT = 1;
    private static final int FIELDS = 32;
    private static final int REVISION_LENGTH = 31;

    private SealedRecord() {}

    /** The first 32 bytes are the fields of the header, then its revision, then the payload. */
    static byte[] of(String topic, byte[] bytes) throws IOException {
        byte[] fields = Arrays.copyOf(bytes, FIELDS);
        byte[] rest = bytes.length > FIELDS ? Arrays.copyOfRange(bytes, FIELDS, bytes.length) : new byte[0];
        int revision = Math.min(fields[REVISION_LENGTH] & 0x1F, rest.length);
        if ((fields[0] & 2) == 0) {
            fields[REVISION_LENGTH] = (byte) revision;
            payloadLength(fields, rest.length - revision);
        }
        byte[] head = head(fields, Arrays.copyOf(rest, revision));
        byte[] payload = Arrays.copyOfRange(rest, revision, rest.length);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(record)) {
            out.write(head);
            out.writeInt(check(topic, head, payload));
            out.write(payload);
        }
        return record.toByteArray();
    }

    /* flags 1, schema 4, saved-at 8, compression 1, integrity 1, uncompressed 8, payload 8, length of the revision 1 */
    private static void payloadLength(byte[] fields, int length) {
        for (int i = 0; i < 8; i++) {
            fields[23 + i] = (byte) (i < 4 ? 0 : length >> 8 * (7 - i));
        }
        fields[14] = 1;
    }

    private static byte[] head(byte[] fields, byte[] revision) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(head);
        out.writeInt(MAGIC);
        out.writeByte(FORMAT);
        out.writeShort(7 + FIELDS + revision.length + 4);
        out.write(fields);
        out.write(revision);
        CRC32C crc = new CRC32C();
        crc.update(head.toByteArray());
        out.writeInt((int) crc.getValue());
        return head.toByteArray();
    }

    private static int check(String topic, byte[] head, byte[] payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(name.length >> 8);
        crc.update(name.length);
        crc.update(name);
        crc.update(head);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
