package io.statesync.spring;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** An error in one line, for logs and messages. */
final class Reasons {

    private Reasons() {}

    /** The error, and what is at the bottom of it if that says something else. */
    static String of(Throwable error) {
        Throwable top = unwrapped(error);
        Throwable root = top;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = line(top);
        String bottom = root.getMessage() == null ? line(root) : firstLine(root.getMessage());
        return text.contains(bottom) ? text : text + " (caused by " + line(root) + ")";
    }

    /** Without the wrapping that futures add. */
    static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        boolean wrapping = error instanceof CompletionException || error instanceof ExecutionException;
        return wrapping && cause != null ? unwrapped(cause) : error;
    }

    private static String line(Throwable error) {
        String message = error.getMessage();
        String type = error.getClass().getSimpleName();
        return message == null ? type : type + ": " + firstLine(message);
    }

    /* What is left may have come from afar: no control character of it reaches a terminal. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll("\\p{Cc}", "?");
    }
}
