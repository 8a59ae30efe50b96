package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationFilter;
import io.statesync.InvalidationOutcome;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;
import io.statesync.SyncListener;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Filters, listeners and customizers: for one topic if they say so, for all if not. */
class TopicBeansTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aFilterWithATopicIsForThatTopicAlone() {
        runner.withUserConfiguration(OwnFilter.class).run(context -> {
            startedFully(context);
            Revision before = sync(context, "prices").localRevision();
            publish(context, "prices");
            Revision taken = publish(context, "stock");

            await().until(() -> sync(context, "stock").localRevision().equals(taken));
            assertThat(sync(context, "prices").localRevision()).isEqualTo(before);
            assertThat(context.getBean(OwnFilter.class).asked).containsOnly("prices");
        });
    }

    @Test
    void ofSeveralFiltersAllMustAgree() {
        runner.withUserConfiguration(OwnFilter.class, FilterOfAll.class).run(context -> {
            startedFully(context);
            Revision before = sync(context, "stock").localRevision();
            context.getBean(OwnFilter.class).passing = true;
            Revision taken = publish(context, "prices");
            publish(context, "stock");

            await().until(() -> sync(context, "prices").localRevision().equals(taken));
            assertThat(sync(context, "stock").localRevision()).isEqualTo(before);
        });
    }

    @Test
    void aListenerWithATopicHearsThatTopicAloneAndOneWithoutHearsAll() {
        runner.withUserConfiguration(Listeners.class).run(context -> {
            startedFully(context);
            publish(context, "prices");
            publish(context, "stock");

            assertThat(context.getBean("ofPrices", Heard.class).topics).containsOnly("prices");
            assertThat(context.getBean("ofAll", Heard.class).topics).containsOnly("prices", "stock");
        });
    }

    @Test
    void customizersComeInTheirOrderEachForItsTopic() {
        runner.withUserConfiguration(Customizers.class)
                .run(context -> assertThat(context.getBean(Customizers.class).story)
                        .containsExactlyInAnyOrder("all prices", "own prices", "all stock")
                        .containsSubsequence("all prices", "own prices"));
    }

    @Test
    void whatACustomizerSetsTakesThePlaceOfAFilterBean() {
        runner.withUserConfiguration(OwnFilter.class, Overruling.class).run(context -> {
            startedFully(context);
            Revision taken = publish(context, "prices");
            await().until(() -> sync(context, "prices").localRevision().equals(taken));
            assertThat(context.getBean(OwnFilter.class).asked).isEmpty();
        });
    }

    private static void startedFully(ApplicationContext context) {
        for (String topic : List.of("prices", "stock")) {
            await().until(() -> sync(context, topic).status().state() == SyncState.LIVE);
        }
    }

    private static Revision publish(ApplicationContext context, String topic) {
        return context.getBean(StatePublisher.class).invalidate(topic).join();
    }

    private static RevisionSync<?> sync(ApplicationContext context, String topic) {
        return context.getBean("revisionSync." + topic, RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @TopicSource("prices")
        String prices() {
            return "cheap";
        }

        @TopicSource("stock")
        String stock() {
            return "full";
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> pricesCopy() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("stock")
        SyncedState<String> stockCopy() {
            return SyncedState.create();
        }
    }

    @SyncedTopic("prices")
    static class OwnFilter implements InvalidationFilter {
        final Set<String> asked = ConcurrentHashMap.newKeySet();
        volatile boolean passing;

        @Override
        public boolean shouldRefresh(InvalidationEvent event) {
            asked.add(event.topic());
            return passing;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FilterOfAll {
        @Bean
        InvalidationFilter noStock() {
            return event -> !event.topic().equals("stock");
        }
    }

    static class Heard implements SyncListener {
        final Set<String> topics = ConcurrentHashMap.newKeySet();

        @Override
        public void onInvalidation(String topic, long revisionBits, InvalidationOutcome outcome) {
            topics.add(topic);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {
        @Bean
        @SyncedTopic("prices")
        Heard ofPrices() {
            return new Heard();
        }

        @Bean
        Heard ofAll() {
            return new Heard();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        final List<String> story = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        @SyncedTopic("prices")
        RevisionSyncCustomizer own() {
            return (topic, builder) -> story.add("own " + topic);
        }

        @Bean
        @Order(1)
        RevisionSyncCustomizer all() {
            return (topic, builder) -> story.add("all " + topic);
        }
    }

    static class Overruling implements RevisionSyncCustomizer {
        @Override
        public void customize(String topic, RevisionSyncBuilder<?> builder) {
            builder.shouldRefresh(InvalidationFilter.ALL);
        }
    }
}
