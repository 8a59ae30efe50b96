package io.statesync.reliability;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Several small targets as one: the first byte of an input chooses. */
record OneOf(List<FuzzTarget> targets) implements FuzzTarget {

    @Override
    public List<byte[]> seeds() {
        return IntStream.range(0, targets.size())
                .boxed()
                .flatMap(i -> targets.get(i).seeds().stream().map(seed -> behind(i, seed)))
                .toList();
    }

    @Override
    public void play(byte[] input) throws Exception {
        if (input.length > 0) {
            targets.get((input[0] & 0xFF) % targets.size()).play(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** An input for the target of this number. */
    static byte[] behind(int target, byte[] input) {
        byte[] chosen = new byte[input.length + 1];
        chosen[0] = (byte) target;
        System.arraycopy(input, 0, chosen, 1, input.length);
        return chosen;
    }
}
