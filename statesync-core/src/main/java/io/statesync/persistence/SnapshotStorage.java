package io.statesync.persistence;

import java.io.IOException;
import java.util.Optional;

/**
 * Holds at most one record per topic: bytes whose meaning is not its business. Safe for use by any thread and by several
 * processes. Every method may block; none is called under a lock. {@code SnapshotStorageContract} in {@code statesync-test}
 * says in tests what is promised here.
 */
public interface SnapshotStorage {

    /**
     * The topic's record: a complete one as {@link #save} got it, or none, never a part or a mix. What a storage finds
     * damaged it returns as it is, so that it can be set aside.
     *
     * @throws IOException if it cannot be read now
     */
    Optional<RecordBytes> load(String topic) throws IOException;

    /**
     * Replaces the topic's record if this one is newer. The comparison and the replacement are one step, also among
     * processes. After the return the record survives a crash of the process, and of the machine where the storage can.
     *
     * @return false if the record that is there is of the same or a newer version, which stays
     * @throws IOException if it cannot be written now; the record that was there is still there
     */
    boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException;

    /**
     * Takes a record out of use and keeps it for the operator. Exactly this one: a different record that came meanwhile
     * stays. Afterwards {@link #save} takes any version.
     *
     * @param unreadable the record as {@link #load} returned it
     * @return where it is now, in words for the operator
     * @throws IOException if that cannot be done now
     */
    String setAside(String topic, RecordBytes unreadable) throws IOException;
}
