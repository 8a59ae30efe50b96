package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order in which an application goes down: first its replicas, then the web server. */
class GracefulStopIT {

    @Test
    void theRunningApplyEndsAndNoneBeginsBeforeTheWebServerShutsDown() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .run("--server.port=0", "--server.address=127.0.0.1", "--statesync.topics.prices.expose=true");
        Prices prices = context.getBean(Prices.class);
        Witness witness = context.getBean(Witness.class);
        RevisionSync<?> sync = context.getBean(RevisionSync.class);
        StatePublisher publisher = context.getBean(StatePublisher.class);
        prices.held = new CountDownLatch(1);
        publisher.invalidate("prices").join();
        await().until(() -> prices.applies.size() == 3);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        await().until(() -> sync.status().state() == SyncState.STOPPED);
        // one more change while the apply runs: nothing may come of it
        publisher.invalidate("prices").join();
        assertThat(witness.seen).isEmpty();
        prices.held.countDown();
        closing.join();

        assertThat(prices.applies).containsExactly("begin", "end", "begin", "end");
        assertThat(witness.seen).containsExactly("applies 4", "web server answers 200", "applies 4");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Prices prices() {
            return new Prices();
        }

        @Bean
        Witness witness(ApplicationContext context, Prices prices) {
            return new Witness(context, prices);
        }
    }

    static class Prices {
        private final List<String> applies = new CopyOnWriteArrayList<>();
        private volatile @Nullable CountDownLatch held;

        @TopicSource("prices")
        String read() {
            return "cheap";
        }

        @SyncedTopic("prices")
        void apply(String data) throws InterruptedException {
            applies.add("begin");
            CountDownLatch until = held;
            if (until != null) {
                until.await();
            }
            applies.add("end");
        }
    }

    /** Stopped right before the web server begins its graceful shutdown. */
    static final class Witness implements SmartLifecycle {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final ApplicationContext context;
        private final Prices prices;
        private volatile boolean running;

        Witness(ApplicationContext context, Prices prices) {
            this.context = context;
            this.prices = prices;
        }

        @Override
        public int getPhase() {
            return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE + 1;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            seen.add("applies " + prices.applies.size());
            seen.add("web server answers " + status());
            context.getBean(StatePublisher.class).invalidate("prices").join();
            seen.add("applies " + prices.applies.size());
            running = false;
        }

        private int status() {
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();
            URI snapshot = URI.create("http://localhost:" + port + "/statesync/snapshots/prices");
            try {
                return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(snapshot).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (Exception e) {
                throw new IllegalStateException("the web server is gone already", e);
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
