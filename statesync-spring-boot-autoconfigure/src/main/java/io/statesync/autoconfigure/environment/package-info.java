/**
 * Binds what is bound to properties again when a topic changes them.
 *
 * <ul>
 *   <li>{@link io.statesync.autoconfigure.environment.StateSyncEnvironmentAutoConfiguration} does so for the beans with
 *       {@code @ConfigurationProperties}, if a topic is a property source.
 * </ul>
 */
@NullMarked
package io.statesync.autoconfigure.environment;

import org.jspecify.annotations.NullMarked;
