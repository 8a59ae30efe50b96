/**
 * The side of the truth: issues revisions, reads snapshots under the right label, announces.
 *
 * <ul>
 *   <li>{@link io.statesync.source.RevisionCounter} issues revisions (P7).
 *   <li>{@link io.statesync.source.StatePublisher} is what an application calls after it changed state (P6).
 *   <li>{@link io.statesync.source.SourceProvider} reads the revision first and then the data (P6).
 *   <li>{@link io.statesync.source.ResendingPublisher} keeps what a transport could not take.
 * </ul>
 */
@NullMarked
package io.statesync.source;

import org.jspecify.annotations.NullMarked;
