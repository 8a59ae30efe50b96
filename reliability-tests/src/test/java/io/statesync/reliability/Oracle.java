package io.statesync.reliability;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What has to be true of every answer; cheap, as it is asked a million times. */
public final class Oracle {

    private static final int LONGEST_MESSAGE = 2_000;

    private Oracle() {}

    public static void holds(boolean claim, String otherwise) {
        if (!claim) {
            throw new AssertionError(otherwise);
        }
    }

    public static void same(@Nullable Object expected, @Nullable Object actual, String what) {
        if (!Objects.deepEquals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }

    /**
     * The value, or null if it was refused in the way that is documented.
     *
     * @param refusals the exceptions that are; all else gets through and is a finding
     */
    @SafeVarargs
    public static <T> @Nullable T valueOrRefusal(Callable<T> parser, Class<? extends Exception>... refusals)
            throws Exception {
        try {
            return parser.call();
        } catch (Exception thrown) {
            for (Class<? extends Exception> refusal : refusals) {
                if (refusal.isInstance(thrown)) {
                    saysWhy(thrown);
                    return null;
                }
            }
            throw thrown;
        }
    }

    /** A refusal says why, in one line that a log can take. */
    public static void saysWhy(Throwable refusal) {
        String message = refusal.getMessage();
        holds(message != null && !message.isBlank(), refusal.getClass() + " says nothing");
        holds(message.length() <= LONGEST_MESSAGE, "a message of " + message.length() + " characters: " + message);
        oneLine(message);
    }

    /** What goes into a log line or a header. */
    public static void oneLine(String text) {
        holds(
                text.chars().noneMatch(Character::isISOControl),
                "a control character gets into a line: "
                        + text.replace("\n", "\\n").replace("\r", "\\r"));
    }
}
