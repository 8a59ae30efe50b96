package io.statesync.persistence;

import io.statesync.Revision;
import java.time.Instant;

/**
 * What a record says of its payload.
 *
 * @param savedAt to the millisecond
 * @param compression the id
 * @param integrity the id
 * @param uncompressed length of the payload before compression
 * @param payload length of the payload as it is stored
 */
record RecordHeader(
        RecordVersion version, Instant savedAt, int compression, int integrity, long uncompressed, long payload) {

    Revision revision() {
        return version.revision();
    }

    int schema() {
        return version.schema();
    }

    boolean tombstone() {
        return version.isTombstone();
    }
}
