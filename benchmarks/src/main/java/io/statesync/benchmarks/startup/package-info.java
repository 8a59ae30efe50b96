/** B6: how much longer a minimal Boot application starts with topics; {@link io.statesync.benchmarks.startup.StartUp}. */
@NullMarked
package io.statesync.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
