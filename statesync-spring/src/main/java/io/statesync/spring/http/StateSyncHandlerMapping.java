package io.statesync.spring.http;

import java.util.Map;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Puts the two endpoints under one path, before the application's own mappings, so that a catch-all controller does not
 * hide them.
 */
public final class StateSyncHandlerMapping extends SimpleUrlHandlerMapping {

    /** As Actuator's: before controllers (0) and static resources. */
    private static final int ORDER = -100;

    /** @param path where the endpoints stand, such as {@code /statesync} */
    public StateSyncHandlerMapping(String path, SnapshotRequestHandler snapshots, RevisionsRequestHandler revisions) {
        super(
                Map.of(
                        EndpointPath.requireUsable(path) + "/snapshots/**", snapshots,
                        path + "/revisions", revisions),
                ORDER);
    }
}
