package io.statesync.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;

/**
 * The endpoint over HTTP: what is refused is a problem whose text reaches the client. An exception would become the
 * application's error page, which by default leaves the text out.
 */
@EndpointWebExtension(endpoint = StateSyncEndpoint.class)
final class StateSyncWebExtension {

    private static final MimeType PROBLEM = new MimeType("application", "problem+json");

    private final StateSyncEndpoint endpoint;

    StateSyncWebExtension(StateSyncEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector String topic, @Nullable String action) {
        try {
            return new WebEndpointResponse<>(endpoint.act(topic, action));
        } catch (ActionRefusedException e) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("title", e.status() == WebEndpointResponse.STATUS_NOT_FOUND ? "Not Found" : "Bad Request");
            problem.put("status", e.status());
            problem.put("detail", e.getReason());
            return new WebEndpointResponse<>(problem, e.status(), PROBLEM);
        }
    }
}
