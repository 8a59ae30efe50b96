package io.statesync.spring;

/** An error as the log shows it. */
public final class LogLine {

    private LogLine() {}

    /** The line. */
    public static String of(Throwable error) {
        return Reasons.of(error);
    }
}
