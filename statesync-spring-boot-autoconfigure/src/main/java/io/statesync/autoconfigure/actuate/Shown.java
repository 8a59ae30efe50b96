package io.statesync.autoconfigure.actuate;

import io.statesync.ProtocolException;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.SyncState;
import io.statesync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** How the endpoint and health write what they show. */
final class Shown {

    private static final int MESSAGE_LENGTH = 200;

    /** The user and the password of a URL. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");

    /** What follows a word that announces a secret, and credentials as a header has them. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\b((?:[\\w-]*(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key))[\"']?\\s*[=:]\\s*)"
                    + "(?:\"[^\"]*\"?|'[^']*'?|[^\\s&,;]+)");

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\\b(basic|bearer)\\s+[\\w.~+/=-]{6,}");

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

    /** The state of a replica. One that an application has started in spite of a pause is shown as it is. */
    static String state(SyncStatus status, boolean paused) {
        return paused && status.state() == SyncState.STOPPED
                ? "PAUSED"
                : status.state().name();
    }

    /** A failure in one short line. What an applier says quotes the data that it was given: only its type is shown. */
    static String failure(SyncErrorContext context) {
        Throwable top = unwrapped(context.error());
        return context.phase() == SyncPhase.APPLY && !isOwn(top)
                ? top.getClass().getSimpleName() + " (the log says more)"
                : message(top);
    }

    /* The engine's own words, about an applier that hangs. */
    private static boolean isOwn(Throwable error) {
        return error instanceof TimeoutException;
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
        clean = SECRET.matcher(clean).replaceAll("$1..");
        clean = AUTHORIZATION.matcher(clean).replaceAll("$1 ..");
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
