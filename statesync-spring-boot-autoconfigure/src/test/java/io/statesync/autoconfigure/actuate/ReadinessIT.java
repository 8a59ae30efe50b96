package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that waits for its first snapshots, as a prober sees it: alive from the first moment, ready at the end. */
class ReadinessIT {

    private static final String GROUP = "management.endpoint.health.group.readiness.include=readinessState,statesync";

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private CompletableFuture<ConfigurableApplicationContext> application;

    @AfterEach
    void stop() {
        gate.countDown();
        application.join().close();
    }

    @Test
    void withTheHealthOfTheTopicsInItsGroupReadinessWaitsForTheFirstSnapshots() throws Exception {
        start(GROUP);
        assertAliveAndNotReady();
        assertThat(get("readiness").body()).contains("OUT_OF_SERVICE");

        gate.countDown();

        assertReady();
    }

    @Test
    void withoutThatTheStartOfTheApplicationHoldsReadiness() throws Exception {
        start();
        assertAliveAndNotReady();

        gate.countDown();

        assertReady();
    }

    @Test
    void anApplicationThatStartsInTheBackgroundIsReadyWithoutSnapshots() throws Exception {
        start(GROUP, "statesync.defaults.startup=background");

        application.join();

        assertReady();
        assertThat(get("").statusCode()).isEqualTo(200);
        assertThat(application.join().getBean(RevisionSync.class).status().hasData())
                .isFalse();
    }

    @Test
    void aTopicThatIsPausedLeavesTheApplicationReady() throws Exception {
        start(GROUP);
        gate.countDown();
        assertReady();

        HttpRequest pause = request("statesync/prices")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"pause\"}"))
                .build();
        assertThat(client.send(pause, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        assertReady();
    }

    private void start(String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.show-components=always",
                "management.endpoints.web.exposure.include=health,statesync"));
        all.addAll(List.of(properties));
        application = CompletableFuture.supplyAsync(() -> new SpringApplicationBuilder(Application.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("gate", gate))
                .listeners((ApplicationListener<WebServerInitializedEvent>)
                        event -> port.complete(event.getWebServer().getPort()))
                .properties(all.toArray(String[]::new))
                .run());
    }

    private void assertAliveAndNotReady() throws Exception {
        await().until(() -> get("liveness").statusCode() == 200);
        assertThat(get("readiness").statusCode()).isEqualTo(503);
        assertThat(get("liveness").statusCode()).isEqualTo(200);
        assertThat(application).isNotDone();
    }

    private void assertReady() throws Exception {
        application.join();
        await().until(() -> get("readiness").statusCode() == 200);
        assertThat(get("liveness").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String group) throws Exception {
        return client.send(request("health/" + group).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.join() + "/actuator/" + path));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Gated source(CountDownLatch gate) {
            return new Gated(gate);
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }

    /** Answers nothing before the gate is open. */
    record Gated(CountDownLatch gate) {

        @TopicSource("prices")
        String prices() throws InterruptedException {
            gate.await();
            return "a";
        }
    }
}
