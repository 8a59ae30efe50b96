package io.statesync.spring.http;

import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.json.SnapshotCodec;
import io.statesync.test.Simulation;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints of a source and the way to them, inside a {@link Simulation}: production's handlers with production's
 * admission, called instead of connected to; what takes time takes virtual time. Used by whoever has the turn.
 */
public final class SimulatedHttp {

    private final Simulation simulation;
    private final Random random;
    private final HttpRequestHandler snapshots;
    private final HttpRequestHandler revisions;
    private final Set<String> dead = new HashSet<>();

    private Duration way = Duration.ZERO;
    private Duration body = Duration.ZERO;
    private boolean busy;
    private @Nullable Integer retryAfter;
    private int serving;
    private int mostServed;
    private int turnedAway;

    public SimulatedHttp(Simulation simulation, Random random, ExposedTopics topics) {
        this.simulation = simulation;
        this.random = random;
        ServingLimits limits = ServingLimits.of(SnapshotRequestHandler.DEFAULT_MAX_CONCURRENT_SNAPSHOTS);
        this.snapshots = new SnapshotRequestHandler(
                topics,
                TopicAccess.EVERYBODY,
                new SnapshotCodec(JsonMapper.builder().build()),
                limits,
                SnapshotSizes.NONE,
                new BoundedWait(simulation.scheduler(), limits.patience(), simulation::await),
                random::nextDouble);
        this.revisions = new RevisionsRequestHandler(topics, simulation.scheduler());
    }

    /** A request takes up to {@code way} to the source, and a body up to {@code body} to the replica. */
    public void latency(Duration newWay, Duration newBody) {
        way = newWay;
        body = newBody;
    }

    /** From now on every answer is 503, with this {@code Retry-After} in seconds if there is one; or no more. */
    public void busy(boolean now, @Nullable Integer seconds) {
        busy = now;
        retryAfter = seconds;
    }

    /** Nobody listens at this host any more. */
    public void kill(String host) {
        dead.add(host);
    }

    /** How many bodies were sent at once, at the most. */
    public int mostServed() {
        return mostServed;
    }

    /** How many requests the source's own admission answered with 503. */
    public int turnedAway() {
        return turnedAway;
    }

    /** A replica's client. */
    public RestClient.Builder client(Requests requests) {
        ClientHttpRequestFactory factory = (uri, method) -> new Request(method, uri, requests);
        return RestClient.builder().requestFactory(factory);
    }

    private Duration upTo(Duration most) {
        return Duration.ofNanos((long) (most.toNanos() * random.nextDouble()));
    }

    private void travel(Duration time) throws InterruptedIOException {
        try {
            simulation.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a simulated request was interrupted");
        }
    }

    private MockHttpServletResponse serve(MockHttpServletRequest request) throws IOException {
        MockHttpServletResponse response = new SlowBody();
        if (busy) {
            response.setStatus(503);
            if (retryAfter != null) {
                response.setIntHeader("Retry-After", retryAfter);
            }
            return response;
        }
        try {
            (request.getRequestURI().endsWith("/revisions") ? revisions : snapshots).handleRequest(request, response);
        } catch (ServletException e) {
            throw new IOException(e);
        }
        turnedAway += response.getStatus() == 503 ? 1 : 0;
        return response;
    }

    /** Hears of each request, for whatever it wants to count. */
    public interface Requests {
        void sent(URI uri);
    }

    private final class Request extends MockClientHttpRequest {

        private final Requests requests;

        Request(HttpMethod method, URI uri, Requests requests) {
            super(method, uri);
            this.requests = requests;
        }

        @Override
        protected ClientHttpResponse executeInternal() throws IOException {
            requests.sent(getURI());
            travel(upTo(way));
            if (dead.contains(getURI().getHost())) {
                throw new ConnectException("nobody listens at " + getURI().getHost());
            }
            MockHttpServletRequest request =
                    new MockHttpServletRequest(getMethod().name(), getURI().getRawPath());
            getHeaders().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
            UriComponentsBuilder.fromUri(getURI())
                    .build()
                    .getQueryParams()
                    .forEach((name, values) -> request.addParameter(name, values.toArray(String[]::new)));
            MockHttpServletResponse answer = serve(request);
            MockClientHttpResponse response =
                    new MockClientHttpResponse(answer.getContentAsByteArray(), HttpStatus.valueOf(answer.getStatus()));
            answer.getHeaderNames().forEach(name -> response.getHeaders().addAll(name, answer.getHeaders(name)));
            return response;
        }
    }

    /** The handler holds its place until the body has gone. */
    private final class SlowBody extends MockHttpServletResponse {

        @Override
        public void flushBuffer() {
            serving++;
            mostServed = Math.max(mostServed, serving);
            try {
                simulation.sleep(body.isZero() ? body : body.dividedBy(2).plus(upTo(body.dividedBy(2))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                serving--;
            }
            super.flushBuffer();
        }
    }
}
