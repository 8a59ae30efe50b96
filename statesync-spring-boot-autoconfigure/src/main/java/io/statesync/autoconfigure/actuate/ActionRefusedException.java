package io.statesync.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What an operator asked for cannot be done; the message says what to write instead. */
final class ActionRefusedException extends InvalidEndpointRequestException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private ActionRefusedException(int status, String message) {
        super(message, message);
        this.status = status;
    }

    /** There is no such topic. */
    static ActionRefusedException unknown(String topic) {
        return new ActionRefusedException(
                WebEndpointResponse.STATUS_NOT_FOUND, "there is no topic \"" + topic + "\" here");
    }

    /** There is, but not for this. */
    static ActionRefusedException because(String message) {
        return new ActionRefusedException(WebEndpointResponse.STATUS_BAD_REQUEST, message);
    }

    /** As HTTP has it. */
    int status() {
        return status;
    }
}
