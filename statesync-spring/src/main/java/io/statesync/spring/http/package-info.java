/**
 * Snapshots and revisions over HTTP.
 *
 * <ul>
 *   <li>At the source: {@link io.statesync.spring.http.SnapshotRequestHandler} and {@link
 *       io.statesync.spring.http.RevisionsRequestHandler}, bounded by {@link io.statesync.spring.http.ServingLimits} and put in place by {@link
 *       io.statesync.spring.http.StateSyncHandlerMapping}; {@code EncodedSnapshots} encodes once per revision, {@code
 *       BodyLimit} bounds what is sent at once. {@code BrowserModule} serves {@code statesync.js}, the replica for web pages.
 *   <li>At the replica: {@link io.statesync.spring.http.HttpSource}, made by a {@link
 *       io.statesync.spring.http.HttpSourceBuilder}; {@link io.statesync.spring.http.HttpSourceException} tells what went
 *       wrong.
 * </ul>
 */
@NullMarked
package io.statesync.spring.http;

import org.jspecify.annotations.NullMarked;
