package io.statesync.spring.stomp;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/** Says in an operator's words why there is no web socket, where the containers speak of codes and deployments. */
final class ConnectionTrouble {

    /** Tomcat's way to name a status; what it says of an address has no three digits alone in brackets. */
    private static final Pattern STATUS = Pattern.compile("\\[(\\d{3})]");

    private ConnectionTrouble() {}

    /** The end of a connection that was open. */
    static IOException closed(CloseStatus status) {
        String what = status.getReason() == null ? "" : ": " + status.getReason();
        String code = "(" + status.getCode() + what + ")";
        return new IOException(
                status.getCode() == CloseStatus.NO_CLOSE_FRAME.getCode()
                        ? "the connection broke without a farewell " + code
                                + ": was the source killed, or the network cut?"
                        : "the source closed the connection " + code);
    }

    /** A handshake that failed; as it is, if there is nothing better to say. */
    static Throwable notOpened(Throwable error) {
        Throwable failure = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        SSLException tls = tlsOf(failure);
        if (tls != null) {
            return new IOException(
                    "TLS failed: " + tls.getMessage() + "; correct ssl-bundle of this source under statesync.sources,"
                            + " which says whom to trust and which certificate to show",
                    failure);
        }
        Matcher status = STATUS.matcher(String.valueOf(failure.getMessage()));
        String explanation = status.find() ? explanation(status.group(1)) : null;
        return explanation == null ? failure : new IOException(explanation, failure);
    }

    private static @Nullable SSLException tlsOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException tls) {
                return tls;
            }
        }
        return null;
    }

    private static @Nullable String explanation(String status) {
        return switch (status) {
            case "404" ->
                "nothing takes web sockets there (404): compare urls and path of statesync.sources with"
                        + " statesync.server.path there, where at least one topic must have expose: true";
            case "401", "403" ->
                "the handshake was refused (" + status + "): the source wants credentials, or other ones, for"
                        + " <path>/ws";
            case "503" -> "the source takes no connections yet, or no more (503)";
            default -> null;
        };
    }
}
