package io.statesync.autoconfigure.actuate;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The endpoint over HTTP: what is refused is a problem whose text reaches the client. */
@EndpointWebExtension(endpoint = TransactionsEndpoint.class)
final class TransactionsWebExtension {

    private final TransactionsEndpoint endpoint;

    TransactionsWebExtension(TransactionsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @ReadOperation
    WebEndpointResponse<Object> list(@Nullable String state, @Nullable String collection, @Nullable Integer limit) {
        return answer(() -> endpoint.list(state, collection, limit));
    }

    @WriteOperation
    WebEndpointResponse<Object> act(@Selector String id, @Nullable String action) {
        return answer(() -> endpoint.act(id, action));
    }

    private static WebEndpointResponse<Object> answer(Supplier<Object> asked) {
        try {
            return new WebEndpointResponse<>(asked.get());
        } catch (ActionRefusedException e) {
            return e.problem();
        }
    }
}
