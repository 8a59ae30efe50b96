/**
 * Keeps transactions in a database over plain JDBC.
 *
 * <ul>
 *   <li>{@link io.statesync.mutation.jdbc.JdbcTransactionStorage} is to be used: a SQLite file of one's own, or a {@code
 *       DataSource} of PostgreSQL, MariaDB, H2 or SQLite; {@link
 *       io.statesync.mutation.jdbc.JdbcTransactionStorageBuilder} has its settings.
 * </ul>
 */
@NullMarked
package io.statesync.mutation.jdbc;

import org.jspecify.annotations.NullMarked;
