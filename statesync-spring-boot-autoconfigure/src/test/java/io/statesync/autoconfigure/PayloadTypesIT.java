package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Over HTTP, as JSON: each replica gets the data in the type that its applier names, lists, maps and records included. */
class PayloadTypesIT {

    private static final Price TEA = new Price("tea", new BigDecimal("3.50"), Instant.ofEpochSecond(1));

    @Test
    void listsMapsAndRecordsArriveAsWhatTheyAre() {
        try (ConfigurableApplicationContext source = new SpringApplicationBuilder(Source.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.lazy-initialization=true",
                        "statesync.topics.list.expose=true",
                        "statesync.topics.map.expose=true",
                        "statesync.topics.one.expose=true",
                        "statesync.topics.page.expose=true")
                .run()) {
            String url = "http://127.0.0.1:"
                    + ((WebServerApplicationContext) source).getWebServer().getPort();
            try (ConfigurableApplicationContext replica = new SpringApplicationBuilder(Replica.class)
                    .web(WebApplicationType.NONE)
                    .properties("statesync.sources.shop.urls=" + url, "spring.main.lazy-initialization=true")
                    .run()) {
                // the start has waited for the first snapshot of each
                Replica copies = replica.getBean(Replica.class);
                assertThat(copies.list).containsExactly(TEA);
                assertThat(copies.one).isEqualTo(TEA);
                assertThat(replica.getBean("map", SyncedState.class).get()).isEqualTo(Map.of("tea", TEA));
                assertThat(replica.getBean(Pages.class).seen).containsExactly(new Page<>(List.of(TEA), 1));
            }
        }
    }

    record Price(String sku, BigDecimal amount, Instant since) {}

    record Page<T>(List<T> items, int number) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Source {
        @TopicSource("list")
        List<Price> list() {
            return List.of(TEA);
        }

        @TopicSource("map")
        Map<String, Price> map() {
            return Map.of("tea", TEA);
        }

        @TopicSource("one")
        Price one() {
            return TEA;
        }

        @TopicSource("page")
        Page<Price> page() {
            return new Page<>(List.of(TEA), 1);
        }
    }

    @SyncedTopic("page")
    static class Pages implements SnapshotApplier<Page<Price>> {
        final List<Page<Price>> seen = new CopyOnWriteArrayList<>();

        @Override
        public void apply(SnapshotEnvelope<Page<Price>> snapshot) {
            seen.add(snapshot.data());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Replica {
        volatile List<Price> list = List.of();
        volatile Price one;

        @SyncedTopic("list")
        void list(List<Price> prices, Revision revision) {
            list = prices;
        }

        @SyncedTopic("one")
        void one(SnapshotEnvelope<Price> price) {
            one = price.data();
        }

        @Bean
        @SyncedTopic("map")
        SyncedState<Map<String, Price>> map() {
            return SyncedState.create();
        }

        @Bean
        Pages pages() {
            return new Pages();
        }
    }
}
