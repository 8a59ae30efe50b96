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

    private final ServletContainer.Running container;

    EmbeddedServer(ExposedTopics topics) {
        this(ServletContainer.TOMCAT, topics);
    }

    EmbeddedServer(ServletContainer container, ExposedTopics topics) {
        this(container, topics, SnapshotRequestHandler.DEFAULT_MAX_CONCURRENT_SNAPSHOTS, Scheduler.system());
    }

    EmbeddedServer(ServletContainer container, ExposedTopics topics, int maxConcurrentSnapshots, Scheduler scheduler) {
        SnapshotCodec codec = new SnapshotCodec(JsonMapper.builder().build());
        GenericWebApplicationContext spring = new GenericWebApplicationContext();
        spring.registerBean(
                StateSyncHandlerMapping.class,
                () -> new StateSyncHandlerMapping(
                        "/statesync",
                        new SnapshotRequestHandler(topics, codec, maxConcurrentSnapshots, scheduler),
                        new RevisionsRequestHandler(topics, scheduler)));
        try {
            this.container = container.start(new DispatcherServlet(spring));
        } catch (Exception e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + container.port());
    }

    URI url(String path) {
        return url().resolve(path);
    }

    @Override
    public void close() {
        try {
            container.stop().close();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded server does not stop", e);
        }
    }
}
