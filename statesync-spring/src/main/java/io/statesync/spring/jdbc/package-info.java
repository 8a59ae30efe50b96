/**
 * A database as the place of revisions and data, and PostgreSQL as a transport of invalidations.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.jdbc.JdbcRevisionCounter} issues revisions in the transaction of the change (P6, P7).
 *   <li>{@link io.statesync.spring.jdbc.JdbcStateStore} writes a topic's data; {@link
 *       io.statesync.spring.jdbc.JdbcSnapshotSource} reads it.
 *   <li>{@link io.statesync.spring.jdbc.IdempotentChanges} applies a change once for each idempotency key.
 *   <li>{@link io.statesync.spring.jdbc.JdbcTables} says what the tables are called. The scripts {@code
 *       schema-<platform>.sql} beside this package create them.
 *   <li>{@link io.statesync.spring.jdbc.PostgresPublisher} announces by {@code NOTIFY}, in the transaction of the change;
 *       {@link io.statesync.spring.jdbc.PostgresTransport} (described by its {@link
 *       io.statesync.spring.jdbc.PostgresTransportBuilder}) hears it by {@code LISTEN}, on a {@link
 *       io.statesync.spring.jdbc.PostgresChannel}, over a connection from a {@link
 *       io.statesync.spring.jdbc.ConnectionOpener}.
 * </ul>
 */
@NullMarked
package io.statesync.spring.jdbc;

import org.jspecify.annotations.NullMarked;
