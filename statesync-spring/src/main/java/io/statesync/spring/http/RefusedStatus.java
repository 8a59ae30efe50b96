package io.statesync.spring.http;

import io.statesync.spring.http.HttpSourceException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/** Says what an answer other than 200 and 304 means. */
record RefusedStatus(InstantSource clock) {

    /** Longer than this nobody is believed: the promise to converge is worth more than the wish of a misled proxy. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    HttpSourceException explain(Question question, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        return switch (status) {
            case 401 ->
                question.failed(
                        Kind.UNAUTHORIZED, "wants other credentials (401): add them in a RestClientCustomizer", null);
            case 403 -> question.failed(Kind.FORBIDDEN, "forbids it (403): these credentials do not suffice", null);
            case 404 -> notFound(question, response);
            case 429, 503 -> busy(question, status, response);
            default ->
                status >= 500
                        ? question.failed(Kind.SERVER_ERROR, "failed with " + status, null)
                        : question.failed(Kind.UNEXPECTED_STATUS, "answered with " + status + whither(response), null);
        };
    }

    /*
     * A source describes its 404; a plain one comes from a proxy or another application. A described one may still be
     * Spring MVC's, with spring.mvc.problemdetails.enabled, which is why both messages name the path.
     */
    private static HttpSourceException notFound(Question question, ClientHttpResponse response) {
        if (question.topic() != null && isProblem(response)) {
            return question.failed(
                    Kind.UNKNOWN_TOPIC,
                    "does not have it or does not expose it (404): set statesync.topics." + key(question.topic())
                            + ".expose=true there; if it is set, compare url and path with statesync.server.path there",
                    null);
        }
        return question.failed(
                Kind.WRONG_ADDRESS,
                "is no StateSync source (a plain 404): compare url and path with statesync.server.path there",
                null);
    }

    /* Only such a name needs no brackets in a property file. */
    private static String key(String topic) {
        return topic.matches("[a-z0-9-]+") ? topic : "\"[" + topic + "]\"";
    }

    private static boolean isProblem(ClientHttpResponse response) {
        String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    }

    private HttpSourceException busy(Question question, int status, ClientHttpResponse response) {
        Duration wait = retryAfter(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
        return wait == null
                ? question.failed(Kind.BUSY, "is busy: " + status, null)
                : new SourceBusyException(
                        question.said("is busy: " + status + ", again in " + wait.toSeconds() + " s"), wait);
    }

    /* Seconds or a date (RFC 9110, 10.2.3). */
    private @Nullable Duration retryAfter(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Duration wait;
        try {
            wait = value.strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            // not understood: as if it had not been said
            return null;
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String whither(ClientHttpResponse response) {
        String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
        return location == null ? "" : ", a redirect";
    }
}
