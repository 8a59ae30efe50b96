package io.statesync.spring.http;

import org.jspecify.annotations.Nullable;

/**
 * A source could not be read over HTTP. The message names the address, the topic and what to do; what breaks the protocol
 * itself is an {@link io.statesync.ProtocolException} instead. An answer that says when to come again also implements
 * {@link io.statesync.policy.RetryAfter}.
 */
public class HttpSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    HttpSourceException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong; of several addresses, at the one that was asked first. */
    public final Kind kind() {
        return kind;
    }

    /** What can go wrong between two processes. */
    public enum Kind {
        /** 404 from a source: it does not have the topic, or does not expose it. */
        UNKNOWN_TOPIC(false),
        /** 404 from something else: the address is wrong. */
        WRONG_ADDRESS(false),
        /** 401: credentials are missing or wrong. */
        UNAUTHORIZED(false),
        /** 403: the credentials do not suffice. */
        FORBIDDEN(false),
        /** A status that no source answers with, such as a redirect. */
        UNEXPECTED_STATUS(false),
        /** The body is larger than allowed. */
        TOO_LARGE(false),
        /** 503 or 429: come again later. */
        BUSY(true),
        /** Another 5xx. */
        SERVER_ERROR(true),
        /** No answer, or not all of it, in time. */
        TIMEOUT(true),
        /** Nobody listens there. */
        CONNECTION_REFUSED(true),
        /** The name of the host means nothing. */
        UNKNOWN_HOST(true),
        /** The connection cannot be made secure. */
        TLS(true),
        /** The connection ended before the whole body had come. */
        CUT_SHORT(true),
        /** Any other failure of the connection. */
        CONNECTION_FAILED(true);

        private final boolean worthAnotherInstance;

        Kind(boolean worthAnotherInstance) {
            this.worthAnotherInstance = worthAnotherInstance;
        }

        /** Whether another instance of the same source may do better. */
        boolean worthAnotherInstance() {
            return worthAnotherInstance;
        }
    }
}
