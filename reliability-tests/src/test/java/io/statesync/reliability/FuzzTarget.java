package io.statesync.reliability;

import java.util.List;

/**
 * Something that reads what strangers wrote, and what has to be true whatever they wrote. One instance plays all inputs of a
 * run, on one thread.
 */
public interface FuzzTarget {

    /** Inputs that are right or nearly so, from which the fuzzer begins. */
    List<byte[]> seeds();

    /** Plays one input. Whatever this throws is a finding. */
    void play(byte[] input) throws Exception;
}
