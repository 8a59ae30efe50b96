package io.statesync.spring.http;

import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.json.SnapshotCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/** Both endpoints behind Spring's dispatcher in an embedded Tomcat on a random port of the loopback interface. */
final class EmbeddedServer implements AutoCloseable {

    static final SnapshotCodec CODEC = new SnapshotCodec(JsonMapper.builder().build());

    /** Held, or the level would be forgotten with the logger. */
    private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();

    EmbeddedServer(ExposedTopics topics) {
        this(topics, SnapshotRequestHandler.DEFAULT_MAX_CONCURRENT_SNAPSHOTS, Scheduler.system());
    }

    EmbeddedServer(ExposedTopics topics, int maxConcurrentSnapshots, Scheduler scheduler) {
        TOMCAT_LOG.setLevel(Level.SEVERE);
        tomcat.setSilent(true);
        GenericWebApplicationContext spring = new GenericWebApplicationContext();
        spring.registerBean(
                StateSyncHandlerMapping.class,
                () -> new StateSyncHandlerMapping(
                        "/statesync",
                        new SnapshotRequestHandler(topics, CODEC, maxConcurrentSnapshots, scheduler),
                        new RevisionsRequestHandler(topics, scheduler)));
        try {
            tomcat.setBaseDir(Files.createTempDirectory("statesync-tomcat").toString());
            tomcat.setHostname("127.0.0.1");
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", null);
            Tomcat.addServlet(context, "dispatcher", new DispatcherServlet(spring));
            context.addServletMappingDecoded("/", "dispatcher");
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("no embedded server", e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    URI url(String path) {
        return url().resolve(path);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the embedded server does not stop", e);
        }
    }
}
