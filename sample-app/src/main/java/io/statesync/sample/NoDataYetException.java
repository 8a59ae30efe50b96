package io.statesync.sample;

import io.statesync.SyncStatus;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A replica was asked before its first snapshot. */
final class NoDataYetException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    NoDataYetException(SyncStatus status) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(status), null);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemDetail problem(SyncStatus status) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "There is no data of topic \"" + status.topic() + "\" here yet. This instance keeps asking;"
                        + " /actuator/health says whom, and what came of it.");
        problem.setProperty("state", status.state());
        return problem;
    }
}
