package io.statesync.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Puts the two endpoints and the browser's module under one path, before the application's own mappings, so that a
 * catch-all controller does not hide them.
 */
public final class StateSyncHandlerMapping extends SimpleUrlHandlerMapping {

    /** As Actuator's: before controllers (0) and static resources. */
    private static final int ORDER = -100;

    /** @param path where the endpoints stand, such as {@code /statesync} */
    public StateSyncHandlerMapping(String path, SnapshotRequestHandler snapshots, RevisionsRequestHandler revisions) {
        super(
                Map.of(
                        EndpointPath.requireUsable(path) + "/snapshots/*",
                        snapshots,
                        path + "/snapshots/**",
                        (HttpRequestHandler) StateSyncHandlerMapping::noTopic,
                        path + "/revisions",
                        revisions,
                        path + "/" + BrowserModule.RESOURCE,
                        new BrowserModule()),
                ORDER);
    }

    /* Further down there is nothing: a topic has one address, or rules about addresses could be walked around. */
    private static void noTopic(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem refusal = Problem.refusal(request);
        (refusal == null ? Problem.notFound() : refusal).write(request, response);
    }
}
