package io.statesync.spring.http;

import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.json.SnapshotCodec;
import java.net.URI;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/** Both endpoints behind Spring's dispatcher in a real container. */
final class EmbeddedServer implements AutoCloseable {

    private final ServletContainer container;
    private final ExposedTopics topics;
    private final int maxConcurrentSnapshots;
    private final Scheduler scheduler;
    private ServletContainer.Running running;

    EmbeddedServer(ExposedTopics topics) {
        this(ServletContainer.TOMCAT, topics);
    }

    EmbeddedServer(ServletContainer container, ExposedTopics topics) {
        this(container, topics, SnapshotRequestHandler.DEFAULT_MAX_CONCURRENT_SNAPSHOTS, Scheduler.system());
    }

    EmbeddedServer(ServletContainer container, ExposedTopics topics, int maxConcurrentSnapshots, Scheduler scheduler) {
        this.container = container;
        this.topics = topics;
        this.maxConcurrentSnapshots = maxConcurrentSnapshots;
        this.scheduler = scheduler;
        this.running = start(0);
    }

    private ServletContainer.Running start(int port) {
        SnapshotCodec codec = new SnapshotCodec(JsonMapper.builder().build());
        GenericWebApplicationContext spring = new GenericWebApplicationContext();
        spring.registerBean(
                StateSyncHandlerMapping.class,
                () -> new StateSyncHandlerMapping(
                        "/statesync",
                        new SnapshotRequestHandler(topics, codec, maxConcurrentSnapshots, scheduler),
                        new RevisionsRequestHandler(topics, scheduler)));
        try {
            return container.start(new DispatcherServlet(spring), port);
        } catch (Exception e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    /** Starts a new server on the port of the one that was closed. */
    void startAgain() {
        running = start(running.port());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + running.port());
    }

    URI url(String path) {
        return url().resolve(path);
    }

    @Override
    public void close() {
        try {
            running.stop().close();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded server does not stop", e);
        }
    }
}
