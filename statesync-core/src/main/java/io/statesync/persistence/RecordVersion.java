package io.statesync.persistence;

import io.statesync.Revision;
import java.util.Comparator;
import java.util.Objects;

/**
 * The place of a record among those of its topic: by revision, then by schema, so that a migrated record replaces the one of
 * its own revision, and a tombstone every record up to its revision.
 *
 * @param revision the revision of the snapshot in the record
 * @param schema the version of the codec that wrote it, or {@link #TOMBSTONE}
 */
public record RecordVersion(Revision revision, int schema) implements Comparable<RecordVersion> {

    /** The schema of a tombstone: no snapshot of the same revision is newer. */
    public static final int TOMBSTONE = Integer.MAX_VALUE;

    private static final Comparator<RecordVersion> ORDER =
            Comparator.comparing(RecordVersion::revision).thenComparingInt(RecordVersion::schema);

    public RecordVersion {
        Objects.requireNonNull(revision, "a record version needs a revision");
        if (schema < 0) {
            throw new IllegalArgumentException("the schema of a record must not be negative, got " + schema);
        }
    }

    /** The version of a tombstone that takes the place of everything up to this revision. */
    public static RecordVersion tombstone(Revision revision) {
        return new RecordVersion(revision, TOMBSTONE);
    }

    /** Whether the record says that there is none. */
    public boolean isTombstone() {
        return schema == TOMBSTONE;
    }

    /** Whether a record of this version may replace one of the other. */
    public boolean isNewerThan(RecordVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(RecordVersion other) {
        return ORDER.compare(this, other);
    }
}
