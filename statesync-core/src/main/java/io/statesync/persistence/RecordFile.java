package io.statesync.persistence;

import io.statesync.Revision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a record: a label with the topic and the version of the record, checked by itself, then the record. With
 * it the storage knows whose file it is, and what may replace it, without understanding the record.
 */
final class RecordFile {

    private static final int MAGIC = 0x53534631; // SSF1
    private static final int FIXED = 4 + 4 + 8 + 2;
    private static final int CRC = 4;

    private RecordFile() {}

    static byte[] label(String topic, RecordVersion version) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(version.schema());
            out.writeLong(version.revision().bits());
            out.writeShort(name.length);
            out.write(name);
            out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** What the file says of its record; without a version if it is damaged or another topic's; null without a file. */
    static @Nullable Label labelOf(Path file, String topic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Label(version(labelBytes(in), topic));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** The record in the file, or, if its label cannot be believed, the whole file. */
    static Optional<RecordBytes> read(Path file, String topic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] label = labelBytes(in);
            if (version(label, topic) != null) {
                return Optional.of(RecordBytes.read(in));
            }
            return Optional.of(RecordBytes.read(new SequenceInputStream(new ByteArrayInputStream(label), in)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static byte[] labelBytes(InputStream in) throws IOException {
        byte[] fixed = in.readNBytes(FIXED);
        if (fixed.length < FIXED) {
            return fixed;
        }
        int name = (fixed[FIXED - 2] & 0xFF) << 8 | (fixed[FIXED - 1] & 0xFF);
        byte[] rest = in.readNBytes(name + CRC);
        byte[] label = new byte[FIXED + rest.length];
        System.arraycopy(fixed, 0, label, 0, FIXED);
        System.arraycopy(rest, 0, label, FIXED, rest.length);
        return label;
    }

    private static @Nullable RecordVersion version(byte[] label, String topic) throws IOException {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        if (label.length != FIXED + name.length + CRC) {
            return null;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(label));
        int magic = in.readInt();
        int schema = in.readInt();
        Revision revision = new Revision(in.readLong());
        boolean same = new String(label, FIXED, name.length, StandardCharsets.UTF_8).equals(topic);
        in.skipNBytes(2L + name.length);
        boolean whole = in.readInt() == crc(label, label.length - CRC);
        return magic == MAGIC && same && whole && schema >= 0 ? new RecordVersion(revision, schema) : null;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** @param version null if it cannot be believed */
    record Label(@Nullable RecordVersion version) {}
}
