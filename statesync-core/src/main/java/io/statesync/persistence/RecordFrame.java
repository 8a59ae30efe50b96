package io.statesync.persistence;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * The one layout of a record, whatever storage holds it ({@code docs/persistence.md}). The header has a check of its own, so
 * that what it says can be believed before the payload is read; the check value after it covers the topic, the header and the
 * payload as it is stored. The topic itself is not in the record: a record under another topic's name does not check.
 */
final class RecordFrame {

    private static final int MAGIC = 0x53535243; // SSRC
    private static final int FORMAT = 1;
    private static final int TOMBSTONE_FLAG = 1;
    private static final int PREFIX = 7;
    private static final int CRC = 4;
    private static final int LONGEST_HEADER = 1024;
    private static final int BUFFER = 8 * 1024;

    private RecordFrame() {}

    static RecordBytes write(String topic, RecordHeader header, Integrity integrity, ChunkedOutput payload) {
        byte[] head = head(header);
        byte[] value = checkValue(topic, head, payload.after(new byte[0]).open(), integrity);
        return payload.after(concat(head, value));
    }

    private static byte[] head(RecordHeader header) {
        byte[] revision = header.revision().toString().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeByte(FORMAT);
            out.writeShort(PREFIX + 32 + revision.length + CRC);
            out.writeByte(header.tombstone() ? TOMBSTONE_FLAG : 0);
            out.writeInt(header.schema());
            out.writeLong(header.savedAt().toEpochMilli());
            out.writeByte(header.compression());
            out.writeByte(header.integrity());
            out.writeLong(header.uncompressed());
            out.writeLong(header.payload());
            out.writeByte(revision.length);
            out.write(revision);
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The header of a record whose payload was not looked at.
     *
     * @throws CorruptRecordException if it is damaged
     * @throws UnsupportedRecordException if it is of a newer format
     */
    static RecordHeader header(RecordBytes record) throws CorruptRecordException, UnsupportedRecordException {
        return parse(headBytes(record.open()));
    }

    /** The same, after the payload was found whole, and trusted as configured. */
    static RecordHeader verified(String topic, RecordBytes record, Integrity configured)
            throws CorruptRecordException, UnsupportedRecordException {
        InputStream in = record.open();
        byte[] head = headBytes(in);
        RecordHeader header = parse(head);
        Integrity integrity = configured.reading(header.integrity());
        byte[] expected = bytes(in, integrity.begin().value().length);
        long rest = record.size() - head.length - expected.length;
        if (rest != header.payload()) {
            throw new CorruptRecordException("the payload has " + rest + " bytes, not " + header.payload());
        }
        if (!MessageDigest.isEqual(expected, checkValue(topic, head, in, integrity))) {
            throw new CorruptRecordException("the " + integrity.name() + " check of the record does not agree with it");
        }
        return header;
    }

    /** The stored payload of a record that was {@link #verified}. */
    static InputStream payload(RecordBytes record, RecordHeader header) {
        InputStream in = record.open();
        try {
            in.skipNBytes(record.size() - header.payload());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return in;
    }

    private static byte[] headBytes(InputStream in) throws CorruptRecordException {
        byte[] prefix = bytes(in, PREFIX);
        int magic = (prefix[0] & 0xFF) << 24 | (prefix[1] & 0xFF) << 16 | (prefix[2] & 0xFF) << 8 | (prefix[3] & 0xFF);
        if (magic != MAGIC) {
            throw new CorruptRecordException("this is not a record of StateSync");
        }
        int length = (prefix[5] & 0xFF) << 8 | (prefix[6] & 0xFF);
        if (length < PREFIX + CRC || length > LONGEST_HEADER) {
            throw new CorruptRecordException("the record's header is damaged");
        }
        return concat(prefix, bytes(in, length - PREFIX));
    }

    private static RecordHeader parse(byte[] head) throws CorruptRecordException, UnsupportedRecordException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head))) {
            in.skipNBytes(head.length - CRC);
            if (in.readInt() != crc(head, head.length - CRC)) {
                throw new CorruptRecordException("the record's header is damaged");
            }
        } catch (CorruptRecordException damaged) {
            throw damaged;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (head[4] != FORMAT) {
            throw new UnsupportedRecordException("the record has format " + head[4] + ", this version reads " + FORMAT);
        }
        return fields(head);
    }

    private static RecordHeader fields(byte[] head) throws CorruptRecordException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(head, PREFIX, head.length - PREFIX))) {
            boolean tombstone = (in.readUnsignedByte() & TOMBSTONE_FLAG) != 0;
            int schema = in.readInt();
            Instant savedAt = Instant.ofEpochMilli(in.readLong());
            int compression = in.readUnsignedByte();
            int integrity = in.readUnsignedByte();
            long uncompressed = in.readLong();
            long payload = in.readLong();
            byte[] text = new byte[in.readUnsignedByte()];
            in.readFully(text);
            Revision revision = Revision.parse(new String(text, StandardCharsets.US_ASCII));
            if (tombstone != (schema == RecordVersion.TOMBSTONE) || uncompressed < 0 || payload < 0) {
                throw new CorruptRecordException("the record's header contradicts itself");
            }
            return new RecordHeader(
                    new RecordVersion(revision, schema), savedAt, compression, integrity, uncompressed, payload);
        } catch (CorruptRecordException damaged) {
            throw damaged;
        } catch (ProtocolException e) {
            throw new CorruptRecordException("the revision of the record is illegal: " + e.getMessage(), e);
        } catch (IllegalArgumentException | IOException e) {
            throw new CorruptRecordException("the record's header is malformed", e);
        }
    }

    private static byte[] bytes(InputStream in, int length) throws CorruptRecordException {
        try {
            byte[] read = in.readNBytes(length);
            if (read.length < length) {
                throw new CorruptRecordException("the record is cut off");
            }
            return read;
        } catch (CorruptRecordException cut) {
            throw cut;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] checkValue(String topic, byte[] head, InputStream payload, Integrity integrity) {
        Integrity.Check check = integrity.begin();
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = {(byte) (name.length >> 8), (byte) name.length};
        check.update(prefix, 0, prefix.length);
        check.update(name, 0, name.length);
        check.update(head, 0, head.length);
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = payload.read(buffer); read >= 0; read = payload.read(buffer)) {
                check.update(buffer, 0, read);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return check.value();
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
