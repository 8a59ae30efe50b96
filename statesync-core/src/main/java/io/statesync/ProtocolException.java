package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Something on the wire is not what {@code docs/protocol.md} (P1 to P3) asks for. Thrown by codecs and providers; the
 * engine reports it with {@link SyncPhase#PROTOCOL}, everything else a provider throws with
 * {@link SyncPhase#GET_SNAPSHOT}.
 *
 * <p>The message often shows what came: control characters in it become question marks, so that it stays one line of a log.
 */
public class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProtocolException(String message) {
        super(Excerpt.line(message));
    }

    public ProtocolException(String message, @Nullable Throwable cause) {
        super(Excerpt.line(message), cause);
    }
}
