/** Races of two threads, under jcstress. Each class is one race; the names of its outcomes say what is allowed. */
package io.statesync.concurrency;
