package io.statesync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.source.StatePublisher;
import io.statesync.spring.TopicSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** B4, counted: however many replicas ask at once, a revision is serialised once. */
class SnapshotHerdIT {

    private static final int CLIENTS = 500;

    @Test
    void fiveHundredClientsCostOneSerialisationPerRevision() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Source.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--statesync.topics.herd.expose=true",
                        "--statesync.server.max-concurrent-snapshots=500")) {
            String url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
                    + "/statesync/snapshots/herd";
            State state = context.getBean(State.class);
            StatePublisher publisher = context.getBean(StatePublisher.class);
            for (int revisions = 1; revisions <= 3; revisions++) {
                publisher.invalidate("herd").join();
                int before = state.serialised.get();

                assertThat(herd(url)).containsOnly(200);

                assertThat(state.serialised.get() - before).isEqualTo(1);
            }
        }
    }

    private static List<Integer> herd(String url) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = IntStream.range(0, CLIENTS)
                .mapToObj(number -> HttpRequest.newBuilder(URI.create(url))
                        .header("Accept-Encoding", number % 2 == 0 ? "gzip" : "identity")
                        .build())
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()))
                .toList();
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    /** Counts how often it is written as JSON. */
    public static final class State {

        private final AtomicInteger serialised = new AtomicInteger();

        public String getText() {
            serialised.incrementAndGet();
            return "state ".repeat(10_000);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {

        @Bean
        State state() {
            return new State();
        }

        @Bean
        Exposed exposed(State state) {
            return new Exposed(state);
        }
    }

    record Exposed(State state) {

        @TopicSource("herd")
        State current() {
            return state;
        }
    }
}
