package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RefreshCause;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.state.CacheApplier;
import io.statesync.spring.state.SnapshotFlux;
import io.statesync.state.EntryMapping;
import io.statesync.state.MapChange;
import io.statesync.state.SnapshotPublisher;
import io.statesync.state.SyncedMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every state adapter as a bean of a topic, injected by it. */
class AdaptersTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class, Reader.class);

    @Test
    void eachIsFilledByItsTopicAndInjectedByIt() {
        runner.run(context -> {
            Application source = context.getBean(Application.class);
            Reader reader = context.getBean(Reader.class);
            Map<String, Integer> prices = reader.prices.map();
            List<MapChange<String, Integer>> changes = new CopyOnWriteArrayList<>();
            List<Map<String, Integer>> stream = new CopyOnWriteArrayList<>();
            await().until(() -> reader.prices.hasValue() && reader.stock.hasValue() && reader.names.hasValue());
            assertThat(prices).isEqualTo(Map.of("tea", 1));
            assertThat(reader.stock.map()).isEqualTo(Map.of("tea", 100));
            assertThat(reader.names.map()).isEqualTo(Map.of("t", "tea"));
            await().until(() -> source.cache.get("tea") != null);
            reader.prices.onChange(changes::add);
            SnapshotFlux.of(reader.stream).map(SnapshotEnvelope::data).subscribe(stream::add);

            source.prices = Map.of("tea", 2, "cup", 3);
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("prices").join();

            await().until(() -> prices.size() == 2 && changes.size() == 1 && stream.contains(source.prices));
            assertThat(changes.get(0))
                    .isEqualTo(new MapChange<>(
                            Map.of("tea", 1),
                            source.prices,
                            Set.of("cup"),
                            Set.of("tea"),
                            Set.of(),
                            revision,
                            RefreshCause.INVALIDATION));
            await().until(() -> source.cache.getNativeCache().equals(source.prices));
        });
    }

    record Catalog(Map<String, String> names) {}

    static class Reader {

        @Autowired
        @SyncedTopic("prices")
        SyncedMap<String, Integer> prices;

        @Autowired
        @SyncedTopic("stock")
        SyncedMap<String, Integer> stock;

        @Autowired
        SyncedMap<String, String> names;

        @Autowired
        SnapshotPublisher<Map<String, Integer>> stream;
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        private final ConcurrentMapCache cache = new ConcurrentMapCache("prices");
        private volatile Map<String, Integer> prices = Map.of("tea", 1);

        @TopicSource("prices")
        Map<String, Integer> prices() {
            return prices;
        }

        @TopicSource("stock")
        Map<String, Integer> stock() {
            return Map.of("tea", 100);
        }

        @TopicSource("catalog")
        Catalog catalog() {
            return new Catalog(Map.of("t", "tea"));
        }

        @Bean
        @SyncedTopic("prices")
        SyncedMap<String, Integer> pricesCopy() {
            return SyncedMap.create();
        }

        @Bean
        @SyncedTopic("stock")
        SyncedMap<String, Integer> stockCopy() {
            return SyncedMap.create();
        }

        @Bean
        SyncedMap<String, String> names() {
            return SyncedMap.create();
        }

        @Bean
        @SyncedTopic("catalog")
        SnapshotApplier<Catalog> catalogNames(@Qualifier("names") SyncedMap<String, String> names) {
            return names.feed(EntryMapping.<Catalog, String, String>replace().map(Catalog::names));
        }

        @Bean
        @SyncedTopic("prices")
        SnapshotPublisher<Map<String, Integer>> stream() {
            return SnapshotPublisher.create();
        }

        @Bean
        @SyncedTopic("prices")
        CacheApplier<Map<String, Integer>> cached() {
            return CacheApplier.replacing(cache);
        }
    }
}
