package io.statesync.spring.http;

import org.jspecify.annotations.Nullable;

/** The truth behind an exposed topic cannot be had as JSON now. */
final class SourceUnreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param passing whether it may work the next time: then 503, else 500 */
    SourceUnreadable(String message, @Nullable Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    boolean passing() {
        return passing;
    }
}
