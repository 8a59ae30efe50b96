/** Faults on purpose, which the races have to find. */
package io.statesync.planted;
