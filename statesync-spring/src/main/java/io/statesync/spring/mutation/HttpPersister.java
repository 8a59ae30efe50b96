package io.statesync.spring.mutation;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Writes transactions over HTTP, one request each, with {@code Idempotency-Key}. What it answers other than success is an
 * error that says whether another attempt can help: {@link HttpRefusedException}, or {@link HttpPersistException}, which
 * obeys {@code Retry-After}; what the connection throws is tried again, too. Immutable; blocks the thread that it is called
 * on.
 *
 * <p>The answer may be {@code {"revision": ".."}} or {@code {"revisions": {topic: ".."}}}; without a body the revision is
 * that of {@code ETag}, if there is one. A transaction whose
 * success cannot be read is taken, without a revision.
 */
public final class HttpPersister implements MutationFn {

    /** The header that is equal for all attempts. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Logger log = LoggerFactory.getLogger(HttpPersister.class);
    private static final int NO_CONTENT = 204;

    private final RestClient client;
    private final Request request;
    private final boolean conditional;
    private final RefusedAnswers refused;

    private HttpPersister(RestClient client, Request request, boolean conditional, InstantSource clock) {
        this.client = client;
        this.request = request;
        this.conditional = conditional;
        this.refused = new RefusedAnswers(clock);
    }

    /** Makes the request of a transaction, without the headers of this class. */
    @FunctionalInterface
    public interface Request {

        /** A request of its own for each attempt. */
        RestClient.RequestHeadersSpec<?> of(RestClient client, PersistContext context);
    }

    /** Sends a {@link TransactionRequest} by {@code POST} to this URI, relative to the client's base URL. */
    public static HttpPersister posting(RestClient client, String uri) {
        return of(client, (it, context) -> it.post().uri(uri).body(TransactionRequest.of(context)));
    }

    /** Sends other requests. */
    public static HttpPersister of(RestClient client, Request request) {
        return new HttpPersister(client, request, false, InstantSource.system());
    }

    /**
     * The same, which sends {@code If-Match} with the revision of the rows below the transaction. The backend then refuses
     * (412) what was edited on another state than its own, other rows included: for topics of few rows or few writers.
     */
    public HttpPersister withIfMatch() {
        return new HttpPersister(client, request, true, refused.clock());
    }

    /** The same with another source of dates, for {@code Retry-After}. */
    public HttpPersister withClock(InstantSource clock) {
        return new HttpPersister(client, request, conditional, clock);
    }

    @Override
    public CompletionStage<PersistResult> persist(PersistContext context) {
        RestClient.RequestHeadersSpec<?> made = request.of(client, context);
        made.header(IDEMPOTENCY_KEY, context.idempotencyKey());
        Revision base = context.baseRevision(context.transaction().collection());
        if (conditional && base != null) {
            made.header(HttpHeaders.IF_MATCH, "\"" + base + "\"");
        }
        PersistResult result = made.exchange((sent, response) -> result(response));
        return CompletableFuture.completedStage(result);
    }

    private PersistResult result(RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse response)
            throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw refused.explain(response);
        }
        try {
            return taken(response);
        } catch (RuntimeException unreadable) {
            // it took it: to send it again would only fail again, and to fail it would be wrong
            log.warn("A backend took a transaction, and its answer cannot be read: sync has to tell", unreadable);
            return PersistResult.none();
        }
    }

    private static PersistResult taken(RestClient.RequestHeadersSpec.ConvertibleClientHttpResponse response)
            throws IOException {
        @Nullable Map<?, ?> body = response.getStatusCode().value() == NO_CONTENT ? null : response.bodyTo(Map.class);
        if (body != null && body.get("revisions") instanceof Map<?, ?> all) {
            Map<String, Revision> revisions = new LinkedHashMap<>();
            all.forEach((topic, revision) -> revisions.put(String.valueOf(topic), revision(revision)));
            return PersistResult.revisions(revisions);
        }
        if (body != null && body.get("revision") != null) {
            return PersistResult.revision(revision(body.get("revision")));
        }
        return tagged(response);
    }

    /* An entity tag that is no revision is somebody else's. */
    private static PersistResult tagged(ClientHttpResponse response) {
        String tag = response.getHeaders().getETag();
        if (tag == null) {
            return PersistResult.none();
        }
        try {
            return PersistResult.revision(Revision.parse(tag.replaceAll("^W/|\"", "")));
        } catch (ProtocolException e) {
            return PersistResult.none();
        }
    }

    private static Revision revision(@Nullable Object text) {
        if (text instanceof String revision) {
            return Revision.parse(revision);
        }
        throw new ProtocolException("a revision must be a string, got " + text);
    }
}
