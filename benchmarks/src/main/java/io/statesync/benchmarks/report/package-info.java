/**
 * What was measured, as one page of Markdown.
 *
 * <ul>
 *   <li>{@link io.statesync.benchmarks.report.Report} writes it from the logs of the scenarios.
 *   <li>{@link io.statesync.benchmarks.report.Goals} holds what is to be reached, {@link
 *       io.statesync.benchmarks.report.Table} what was measured.
 *   <li>{@link io.statesync.benchmarks.report.RedisProgram} finds a Redis where the machine has none.
 * </ul>
 */
@NullMarked
package io.statesync.benchmarks.report;

import org.jspecify.annotations.NullMarked;
