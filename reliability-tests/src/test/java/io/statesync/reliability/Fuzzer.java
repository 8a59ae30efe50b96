package io.statesync.reliability;

/**
 * What Jazzer calls: {@code -Dstatesync.fuzz.target=..} names the target; without it the first byte of each input chooses
 * one, so that one process fuzzes all of them.
 */
public final class Fuzzer {

    static final String TARGET = "statesync.fuzz.target";

    private static final FuzzTarget CHOSEN = chosen();

    private Fuzzer() {}

    private static FuzzTarget chosen() {
        String name = System.getProperty(TARGET);
        return name == null
                ? new OneOf(Targets.names().stream().map(Targets::open).toList())
                : Targets.open(name);
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        CHOSEN.play(input);
    }
}
