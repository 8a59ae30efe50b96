/**
 * Attacks on everything that reads what strangers wrote.
 *
 * <ul>
 *   <li>{@link io.statesync.reliability.FuzzTarget} is one such reader, with what has to be true whatever it is given.
 *   <li>{@link io.statesync.reliability.Fuzzer} is what Jazzer calls.
 * </ul>
 *
 * <p>Targets that need what a package keeps to itself stand in that package.
 */
@NullMarked
package io.statesync.reliability;

import org.jspecify.annotations.NullMarked;
