package io.statesync.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: what is refused is a problem whose text reaches the client. An exception would become the
 * application's error page, which by default leaves the text out.
 */
@EndpointWebExtension(endpoint = StateSyncEndpoint.class)
final class StateSyncWebExtension {

    private final StateSyncEndpoint endpoint;

    StateSyncWebExtension(StateSyncEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector String topic, @Nullable String action) {
        try {
            return new WebEndpointResponse<>(endpoint.act(topic, action));
        } catch (ActionRefusedException e) {
            return e.problem();
        }
    }
}
