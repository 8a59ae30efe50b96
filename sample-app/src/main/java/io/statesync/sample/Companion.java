package io.statesync.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A replica in the process of its source, so that one command shows both. It is an application of its own, and talks to the
 * source over the loopback interface as any other replica does.
 */
final class Companion {

    private static final Logger log = LoggerFactory.getLogger(Companion.class);

    private Companion() {}

    /** Starts it, unless there is a profile, the settings say otherwise, or its port is taken; the source goes on without it. */
    static void startBeside(ConfigurableApplicationContext source) {
        SampleProperties.Companion settings =
                source.getBean(SampleProperties.class).companion();
        if (!settings.enabled() || source.getEnvironment().getActiveProfiles().length > 0) {
            return;
        }
        if (!free(settings.port())) {
            log.warn(
                    "There is no replica beside this source: port {} is taken. Free it, or start with"
                            + " --sample.companion.port=8091, or with --sample.companion.enabled=false.",
                    settings.port());
            return;
        }
        ConfigurableApplicationContext replica = start(source, settings.port());
        URI url = URI.create("http://localhost:" + port(replica));
        source.getBean(KnownReplicas.class).add(ReplicaAddress.of(url));
        // before the source stops serving: else the replica's last words are about a lost connection
        source.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> replica.close());
        log.info("A source on http://localhost:{}, and a replica of it on {}", port(source), url);
    }

    private static ConfigurableApplicationContext start(ConfigurableApplicationContext source, int port) {
        SampleProperties properties = source.getBean(SampleProperties.class);
        String itsPort = ":" + port(source);
        String origins = String.join(",", properties.pageOrigins());
        return SpringApplication.run(
                SampleApplication.class,
                "--spring.profiles.active=replica",
                "--spring.main.banner-mode=off",
                "--server.port=" + port,
                "--server.address=" + source.getEnvironment().getProperty("server.address", ""),
                "--sample.source-url=http://localhost" + itsPort,
                "--sample.data-dir=" + properties.dataDir(),
                "--sample.page-origins=http://localhost" + itsPort + ",http://127.0.0.1" + itsPort + "," + origins);
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int port(ConfigurableApplicationContext context) {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }
}
