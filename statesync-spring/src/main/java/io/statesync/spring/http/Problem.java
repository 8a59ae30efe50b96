package io.statesync.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error as {@code application/problem+json} (RFC 9457), written here so that it does not depend on the application's
 * settings. It says nothing about what is not exposed.
 *
 * @param retryAfterSeconds 0 for no {@code Retry-After}
 */
record Problem(HttpStatus status, String detail, int retryAfterSeconds) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int SHORTLY = 1;
    private static final int SOME_SECONDS = 4;

    private Problem(HttpStatus status, String detail) {
        this(status, detail, 0);
    }

    /** What is wrong whatever the topic: found before it is looked up, so that the answer tells nothing about it. */
    static @Nullable Problem refusal(HttpServletRequest request) {
        Problem refusal = refusalOfMethod(request);
        if (refusal != null) {
            return refusal;
        }
        return Negotiation.acceptsJson(request)
                ? null
                : new Problem(HttpStatus.NOT_ACCEPTABLE, "this is served as application/json only");
    }

    static @Nullable Problem refusalOfMethod(HttpServletRequest request) {
        String method = request.getMethod();
        return method.equals("GET") || method.equals("HEAD")
                ? null
                : new Problem(HttpStatus.METHOD_NOT_ALLOWED, method + " is not possible here, only GET and HEAD are");
    }

    static Problem badRequest(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, detail);
    }

    static Problem forbidden() {
        return new Problem(HttpStatus.FORBIDDEN, "this user may not read this topic");
    }

    static Problem notFound() {
        return new Problem(HttpStatus.NOT_FOUND, "no such topic is exposed here");
    }

    /** The reason is for the server's log, not for the client. */
    static Problem of(SourceUnreadable failure) {
        return failure.passing()
                ? new Problem(HttpStatus.SERVICE_UNAVAILABLE, "the state cannot be read at the moment", SHORTLY)
                : new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "the state cannot be written as JSON");
    }

    /** @param jitter 0 to 1, so that those who were turned away together do not come back together */
    static Problem tooMany(double jitter) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "too many ask for snapshots at once",
                SHORTLY + (int) (SOME_SECONDS * jitter));
    }

    static Problem goingDown() {
        int seconds = SHORTLY + ThreadLocalRandom.current().nextInt(SOME_SECONDS);
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "the server is going down", seconds);
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = JSON.writeValueAsBytes(
                new Body("about:blank", status.getReasonPhrase(), status.value(), detail, request.getRequestURI()));
        response.setStatus(status.value());
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
        }
        if (retryAfterSeconds > 0) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    private record Body(String type, String title, int status, String detail, String instance) {}
}
