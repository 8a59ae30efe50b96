package io.statesync.test;

import io.statesync.persistence.RecordBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A record as {@code docs/persistence.md} describes it, built byte by byte, with valid checks whatever is in it: for records
 * that the library does not write, such as those of the future.
 *
 * @param topic whose record it is
 * @param revision as text, illegal ones too
 * @param schema the version of the codec
 * @param savedAt when
 * @param payload the payload, not compressed
 */
public record RawRecord(String topic, String revision, int schema, Instant savedAt, byte[] payload) {

    private static final int FORMAT = 1;
    private static final int CRC32C_ID = 1;
    private static final int FIXED = 43;

    /** A record of text, saved at this moment. */
    public static RecordBytes of(String topic, String revision, int schema, Instant savedAt, String payload) {
        return new RawRecord(topic, revision, schema, savedAt, payload.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /** The record's bytes. */
    public RecordBytes bytes() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(record)) {
            out.write(header());
            out.writeInt(check(header()));
            out.write(payload);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return RecordBytes.of(record.toByteArray());
    }

    private byte[] header() throws IOException {
        byte[] text = revision.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(header);
        out.write("SSRC".getBytes(StandardCharsets.US_ASCII));
        out.writeByte(FORMAT);
        out.writeShort(FIXED + text.length);
        out.writeByte(0);
        out.writeInt(schema);
        out.writeLong(savedAt.toEpochMilli());
        out.writeByte(0);
        out.writeByte(CRC32C_ID);
        out.writeLong(payload.length);
        out.writeLong(payload.length);
        out.writeByte(text.length);
        out.write(text);
        CRC32C crc = new CRC32C();
        crc.update(header.toByteArray());
        out.writeInt((int) crc.getValue());
        return header.toByteArray();
    }

    private int check(byte[] header) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(name.length >> 8);
        crc.update(name.length);
        crc.update(name);
        crc.update(header);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
