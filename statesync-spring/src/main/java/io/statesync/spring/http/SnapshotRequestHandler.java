package io.statesync.spring.http;

import io.statesync.Topic;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.json.SnapshotCodec;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpRequestHandler;

/**
 * Serves {@code GET} and {@code HEAD .../snapshots/<encoded topic>}: {@code {"revision":"42","data":..}} with a strong
 * {@code ETag}, 304 for who has it, gzip for who takes it. Each revision is read, serialised and compressed once, however
 * many replicas ask. Safe for use by any thread; works on any servlet container.
 */
public final class SnapshotRequestHandler implements HttpRequestHandler {

    /** How many bodies are sent at once unless said otherwise. */
    public static final int DEFAULT_MAX_CONCURRENT_SNAPSHOTS = 20;

    private static final String SEGMENT = "/snapshots/";

    private final ExposedTopics topics;
    private final TopicAccess access;
    private final EncodedSnapshots snapshots;
    private final BodyLimit bodies;
    private final ServingLog log;
    private final DoubleSupplier jitter;

    /**
     * Whoever asks may read whatever is exposed.
     *
     * @param maxConcurrentSnapshots how many bodies are sent at once; ten times as many requests wait, each for a few
     *     seconds at most; the others get 503 with {@code Retry-After}. Answers without a body do not count
     */
    public SnapshotRequestHandler(
            ExposedTopics topics, SnapshotCodec codec, int maxConcurrentSnapshots, Scheduler scheduler) {
        this(
                topics,
                TopicAccess.EVERYBODY,
                codec,
                ServingLimits.of(maxConcurrentSnapshots),
                scheduler,
                SnapshotSizes.NONE);
    }

    /**
     * @param access who may read which topic; the others get 403, whether it exists or not
     * @param limits how much is done at once; whoever is turned away gets 503 with {@code Retry-After}
     * @param sizes hears the size of each snapshot, once per revision
     */
    public SnapshotRequestHandler(
            ExposedTopics topics,
            TopicAccess access,
            SnapshotCodec codec,
            ServingLimits limits,
            Scheduler scheduler,
            SnapshotSizes sizes) {
        this(
                topics,
                access,
                codec,
                limits,
                sizes,
                new BoundedWait(scheduler, limits.patience()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    SnapshotRequestHandler(
            ExposedTopics topics,
            TopicAccess access,
            SnapshotCodec codec,
            ServingLimits limits,
            SnapshotSizes sizes,
            BoundedWait patience,
            DoubleSupplier jitter) {
        this.topics = topics;
        this.access = new CautiousAccess(access);
        this.snapshots = new EncodedSnapshots(codec, limits.waiting(), patience, sizes);
        this.bodies = new BodyLimit(limits.concurrent(), limits.waiting(), patience);
        this.log = new ServingLog(patience.scheduler());
        this.jitter = jitter;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = Problem.refusal(request);
        if (problem != null) {
            problem.write(request, response);
            return;
        }
        String name = nameOf(request);
        // before it is looked up: whoever may not read it must not learn whether it exists
        if (name != null && !access.mayRead(request.getUserPrincipal(), name)) {
            Problem.forbidden().write(request, response);
            return;
        }
        ExposedTopic topic = name == null ? null : topics.find(name);
        if (topic == null) {
            Problem.notFound().write(request, response);
            return;
        }
        try {
            serve(topic, request, response);
        } catch (SourceUnreadable e) {
            log.failed(topic.topic(), e);
            Problem.of(e).write(request, response);
        } catch (TurnedAway e) {
            log.turnedAway(topic.topic(), e);
            Problem.tooMany(jitter.getAsDouble()).write(request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Problem.goingDown().write(request, response);
        }
    }

    private static @Nullable String nameOf(HttpServletRequest request) {
        String uri = request.getRequestURI();
        int start = uri.lastIndexOf('/') + 1;
        if (!uri.substring(0, start).endsWith(SEGMENT)) {
            return null;
        }
        try {
            return Topic.decode(StringUtils.uriDecode(uri.substring(start), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // no name that a topic could have: just as unknown as any other
            return null;
        }
    }

    private void serve(ExposedTopic topic, HttpServletRequest request, HttpServletResponse response)
            throws SourceUnreadable, InterruptedException, IOException {
        EncodedSnapshot.Body body = snapshots.get(topic).body(Negotiation.acceptsGzip(request));
        log.served(topic.topic());
        if (Negotiation.alreadyHas(request, body.etag())) {
            BodyHeaders.validators(body, response);
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
        } else if (request.getMethod().equals("HEAD")) {
            BodyHeaders.all(body, MediaType.APPLICATION_JSON_VALUE, response);
        } else {
            bodies.enter();
            try {
                BodyHeaders.all(body, MediaType.APPLICATION_JSON_VALUE, response);
                response.getOutputStream().write(body.bytes());
                response.flushBuffer();
            } finally {
                bodies.leave();
            }
        }
    }
}
