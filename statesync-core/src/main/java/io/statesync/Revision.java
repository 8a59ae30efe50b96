package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * A topic's place in its own history: an unsigned 64-bit counter, written as plain decimal (protocol P1).
 *
 * @param bits the counter, to be read as unsigned
 */
public record Revision(long bits) implements Comparable<Revision> {

    /** The revision of a replica that has applied nothing yet. A source may issue it too. */
    public static final Revision ZERO = new Revision(0);

    /** 18446744073709551615: it has no successor. */
    public static final Revision MAX = new Revision(-1);

    private static final int MAX_DIGITS = 20;
    private static final long MAX_BEFORE_LAST_DIGIT = Long.divideUnsigned(-1, 10);

    /**
     * Reads the canonical form: ASCII digits, {@code 0} or no leading zero, at most 18446744073709551615.
     *
     * @throws ProtocolException if the text is anything else; the message names it
     */
    public static Revision parse(@Nullable String text) {
        return new Revision(parseBits(text));
    }

    /** {@link #parse} without the object: what the engine does with each event, so that a stale one costs nothing. */
    static long parseBits(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS) {
            throw notCanonical(text);
        }
        if (text.charAt(0) == '0') {
            if (text.length() > 1) {
                throw notCanonical(text);
            }
            return 0;
        }
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || overflows(bits, digit)) {
                throw notCanonical(text);
            }
            bits = bits * 10 + digit;
        }
        return bits;
    }

    private static boolean overflows(long bits, int digit) {
        int compared = Long.compareUnsigned(bits, MAX_BEFORE_LAST_DIGIT);
        return compared > 0 || (compared == 0 && digit > 5);
    }

    private static ProtocolException notCanonical(@Nullable String text) {
        String shown = text == null ? "null" : '"' + Excerpt.of(text) + '"';
        return new ProtocolException("not a canonical revision: " + shown
                + " (expected ASCII decimal digits without a leading zero, at most 18446744073709551615)");
    }

    /** Whether this revision comes after the other one. */
    public boolean isNewerThan(Revision other) {
        return isNewer(bits, other.bits);
    }

    static boolean isNewer(long bits, long other) {
        return Long.compareUnsigned(bits, other) > 0;
    }

    /**
     * The revision that follows.
     *
     * @throws IllegalStateException if this is {@link #MAX} (P7)
     */
    public Revision next() {
        if (bits == -1) {
            throw new IllegalStateException("revision " + this + " is the largest one: it has no successor");
        }
        return new Revision(bits + 1);
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /** The canonical decimal form. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
