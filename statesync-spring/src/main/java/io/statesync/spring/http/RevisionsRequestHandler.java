package io.statesync.spring.http;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.json.RevisionsCodec;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;

/**
 * Serves {@code GET .../revisions?topic=a&topic=b}: {@code {"a":"42"}}, the question that a replica's probe asks (P8). Each
 * reader is asked once for all of its topics. What is unknown, not exposed, not readable now or not for the caller is left out. Safe for use by
 * any thread.
 */
public final class RevisionsRequestHandler implements HttpRequestHandler {

    private final ExposedTopics topics;
    private final TopicAccess access;
    private final ServingLog log;

    /** Whoever asks may read whatever is exposed. */
    public RevisionsRequestHandler(ExposedTopics topics, Scheduler scheduler) {
        this(topics, TopicAccess.EVERYBODY, scheduler);
    }

    /** @param access who may read which topic */
    public RevisionsRequestHandler(ExposedTopics topics, TopicAccess access, Scheduler scheduler) {
        this.topics = topics;
        this.access = new CautiousAccess(access);
        this.log = new ServingLog(scheduler);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = Problem.refusal(request);
        if (problem != null) {
            problem.write(request, response);
            return;
        }
        String[] names;
        try {
            names = request.getParameterValues("topic");
        } catch (RuntimeException e) {
            // containers differ in what they throw for a query that cannot be decoded
            Problem.badRequest("the query cannot be read").write(request, response);
            return;
        }
        try {
            write(revisions(names == null ? new String[0] : names, request.getUserPrincipal()), request, response);
        } catch (SourceUnreadable e) {
            Problem.of(e).write(request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Problem.goingDown().write(request, response);
        }
    }

    private Map<String, Revision> revisions(String[] names, @Nullable Principal user)
            throws SourceUnreadable, InterruptedException {
        Map<RevisionReader, List<String>> byReader = new IdentityHashMap<>();
        for (String name : names) {
            ExposedTopic topic = topics.find(name);
            if (topic != null && access.mayRead(user, topic.topic())) {
                byReader.computeIfAbsent(topic.revisions(), reader -> new ArrayList<>())
                        .add(name);
            }
        }
        Map<String, Revision> revisions = new TreeMap<>();
        SourceUnreadable failure = null;
        for (Map.Entry<RevisionReader, List<String>> asked : byReader.entrySet()) {
            try {
                revisions.putAll(EncodedSnapshots.currentOf(asked.getKey(), asked.getValue()));
                asked.getValue().forEach(log::served);
            } catch (SourceUnreadable e) {
                failure = e;
                asked.getValue().forEach(topic -> log.failed(topic, e));
            }
        }
        if (failure != null && revisions.isEmpty()) {
            throw failure;
        }
        return revisions;
    }

    private static void write(Map<String, Revision> revisions, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = RevisionsCodec.encode(revisions);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
