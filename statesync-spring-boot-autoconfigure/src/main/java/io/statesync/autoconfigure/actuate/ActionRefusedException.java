package io.statesync.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/** What an operator asked for cannot be done; the message says what to write instead. */
final class ActionRefusedException extends InvalidEndpointRequestException {

    private static final long serialVersionUID = 1L;

    private static final MimeType PROBLEM = new MimeType("application", "problem+json");

    private final int status;

    private ActionRefusedException(int status, String message) {
        super(message, message);
        this.status = status;
    }

    /** There is no such topic. */
    static ActionRefusedException unknown(String topic) {
        return missing("there is no topic \"" + topic + "\" here");
    }

    /** There is no such thing. */
    static ActionRefusedException missing(String message) {
        return new ActionRefusedException(WebEndpointResponse.STATUS_NOT_FOUND, message);
    }

    /** There is, but not for this. */
    static ActionRefusedException because(String message) {
        return new ActionRefusedException(WebEndpointResponse.STATUS_BAD_REQUEST, message);
    }

    /** As HTTP has it: a problem whose text reaches the client. */
    WebEndpointResponse<Object> problem() {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status == WebEndpointResponse.STATUS_NOT_FOUND ? "Not Found" : "Bad Request");
        problem.put("status", status);
        problem.put("detail", getReason());
        return new WebEndpointResponse<>(problem, status, PROBLEM);
    }
}
