/**
 * Keeps the last snapshot of a topic, so that a replica can start while its source is down.
 *
 * <ul>
 *   <li>{@link io.statesync.persistence.SnapshotPersistence} saves what one topic applies, off the apply path, and restores
 *       it; {@link io.statesync.persistence.PersistenceListener} and {@link
 *       io.statesync.persistence.PersistenceStatistics} show how.
 *   <li>{@link io.statesync.persistence.SnapshotStorage} holds one record per topic: {@link
 *       io.statesync.persistence.FileSnapshotStorage}, {@link io.statesync.persistence.InMemorySnapshotStorage}, or yours.
 *       {@link io.statesync.persistence.RecordBytes} is a record, {@link io.statesync.persistence.RecordVersion} its order.
 *   <li>{@link io.statesync.persistence.VersionedCodec} turns data into bytes and back; {@link
 *       io.statesync.persistence.Migrations} and an {@link io.statesync.persistence.IntermediateForm} make one that reads
 *       what older versions wrote. {@link io.statesync.persistence.Compression} and {@link
 *       io.statesync.persistence.Integrity} act on the bytes.
 *   <li>Siblings, processes that share a storage: {@link io.statesync.persistence.StorageWatch} tells of a record that
 *       another one saved, {@link io.statesync.persistence.FetchLocks} lets one fetch for all.
 * </ul>
 */
@NullMarked
package io.statesync.persistence;

import org.jspecify.annotations.NullMarked;
