package io.statesync.autoconfigure.actuate;

import io.statesync.ProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** How the endpoint writes what it shows. */
final class Shown {

    private static final int MESSAGE_LENGTH = 200;

    /** The user and the password of a URL. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");

    /** What a message about broken data quotes from the data, in the ways of Jackson and of this library. */
    private static final Pattern QUOTED = Pattern.compile("\".*\"|'.*'|\\(.*\\)", Pattern.DOTALL);

    private Shown() {}

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String duration(Duration duration) {
        return duration.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An error in one short line: without its causes, without credentials, and without data where it is about data. */
    static String message(Throwable error) {
        Throwable top = unwrapped(error);
        String type = top.getClass().getSimpleName();
        String message = top.getMessage();
        if (message == null) {
            return type;
        }
        return type + ": " + line(isAboutData(top) ? QUOTED.matcher(message).replaceAll("..") : message);
    }

    /** A text in one short line, without credentials. */
    static String line(String text) {
        String line = text.lines().findFirst().orElse("");
        String clean = USER_INFO.matcher(line).replaceAll("://..@");
        return clean.length() <= MESSAGE_LENGTH ? clean : clean.substring(0, MESSAGE_LENGTH) + "..";
    }

    private static boolean isAboutData(Throwable error) {
        Throwable link = error;
        while (link != null && !(link instanceof ProtocolException)) {
            link = link.getCause();
        }
        return link != null;
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        boolean wrapping = error instanceof CompletionException || error instanceof ExecutionException;
        return wrapping && cause != null ? unwrapped(cause) : error;
    }
}
