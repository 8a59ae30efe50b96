package io.statesync.spring.http;

import io.statesync.ProtocolException;
import io.statesync.spring.http.HttpSourceException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** Says what a connection suffered from, whichever HTTP library noticed it. */
final class ConnectionFailures {

    private ConnectionFailures() {}

    /** Before the status line had come. */
    static HttpSourceException whileAsking(Question question, Throwable error) {
        if (has(error, UnresolvedAddressException.class) || has(error, UnknownHostException.class)) {
            return question.failed(Kind.UNKNOWN_HOST, "has a host name that nobody knows", error);
        }
        if (has(error, HttpConnectTimeoutException.class)) {
            return question.failed(Kind.TIMEOUT, "could not be connected to within the connect time-out", error);
        }
        if (isTimeout(error)) {
            return question.failed(Kind.TIMEOUT, "did not answer within the read time-out", error);
        }
        if (has(error, ConnectException.class) || has(error, NoRouteToHostException.class)) {
            return question.failed(Kind.CONNECTION_REFUSED, "cannot be reached: connection refused", error);
        }
        if (has(error, SSLException.class)) {
            return question.failed(
                    Kind.TLS,
                    "could not be spoken to over TLS: " + innermost(error)
                            + "; correct ssl-bundle of this source under statesync.sources",
                    error);
        }
        return question.failed(Kind.CONNECTION_FAILED, "could not be asked: " + innermost(error), error);
    }

    /** While the body came: always a matter of transport, never of the protocol. */
    static HttpSourceException whileReading(Question question, IOException error) {
        if (isTimeout(error) || isClosedByTimer(error)) {
            return question.failed(Kind.TIMEOUT, "did not send the whole body within the read time-out", error);
        }
        return question.failed(Kind.CUT_SHORT, "sent a body that was cut short: " + innermost(error), error);
    }

    /** The bytes came, but they are not what the answer's head says. */
    static ProtocolException brokenGzip(Question question, ZipException error) {
        return new ProtocolException(question.said("sent a body that is not the gzip it is said to be"), error);
    }

    private static boolean isTimeout(Throwable error) {
        return has(error, HttpTimeoutException.class)
                || has(error, TimeoutException.class)
                || has(error, InterruptedIOException.class);
    }

    /* The JDK's stream says no more than this when Spring's read time-out closes it. */
    private static boolean isClosedByTimer(IOException error) {
        return !(error instanceof EOFException) && "closed".equals(error.getMessage());
    }

    private static boolean has(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
