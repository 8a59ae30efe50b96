/**
 * The protocol as JSON (Jackson 3), for every transport.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.json.InvalidationCodec} writes and reads invalidation events (P1, P2); what it reads is a
 *       {@link io.statesync.spring.json.InvalidationMessage}, well-formed or malformed, never an exception.
 *   <li>{@link io.statesync.spring.json.SnapshotCodec} writes and reads snapshot envelopes (P1, P3), typed and streaming.
 *   <li>{@link io.statesync.spring.json.RevisionsCodec} writes and reads the answer to a probe (P8).
 * </ul>
 */
@NullMarked
package io.statesync.spring.json;

import org.jspecify.annotations.NullMarked;
