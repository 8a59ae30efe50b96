package io.statesync.spring.mutation;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/** Says of an answer without success whether another attempt can help. */
record RefusedAnswers(InstantSource clock) {

    private static final int CONFLICT = 409;

    /** A time-out, too early, too many. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    /** Not implemented, and of a version of HTTP that is not spoken. */
    private static final Set<Integer> LASTING = Set.of(501, 505);

    RuntimeException explain(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        Duration wait = retryAfter(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
        boolean passing = PASSING.contains(status)
                || (status >= 500 && !LASTING.contains(status))
                // another request with this key is being dealt with
                || (status == CONFLICT && wait != null);
        return passing
                ? new HttpPersistException(status, wait == null ? Duration.ZERO : wait)
                : new HttpRefusedException(status);
    }

    /* Seconds or a date (RFC 9110, 10.2.3); what is not understood was not said. */
    private @Nullable Duration retryAfter(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        try {
            Duration wait = text.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
