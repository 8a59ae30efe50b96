package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotProvider;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class EndpointTest {

    private static final String[] FAR_SOURCE = {
        "statesync.sources.shop.events=application-events",
        "statesync.sources.shop.snapshots=far",
        "statesync.defaults.startup=background"
    };

    private static final String[] NO_CATCH_UP = {
        "statesync.defaults.startup=background",
        "statesync.defaults.catch-up.initial=1h",
        "statesync.defaults.catch-up.max=1h"
    };

    private final ApplicationContextRunner hidden = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncEndpointAutoConfiguration.class))
            .withUserConfiguration(Application.class);
    private final ApplicationContextRunner runner =
            hidden.withPropertyValues("management.endpoints.web.exposure.include=statesync");

    @Test
    void nothingIsThereOrRememberedUnlessTheEndpointIsExposed() {
        hidden.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(StateSyncEndpoint.class)
                .doesNotHaveBean(RecentHistory.class));
    }

    @Test
    void withoutActuatorTheApplicationRuns() {
        new ApplicationContextRunner()
                .withUserConfiguration(Automatic.class)
                .withPropertyValues("management.endpoints.web.exposure.include=statesync")
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("statesyncEndpoint"));
    }

    @Test
    void theListHasEachTopicWithItsRoleAndWhatItIsWorth() {
        runner.run(context -> {
            awaitLive(context);
            TopicList list = endpoint(context).topics();

            assertThat(list.topics()).extracting(TopicView::topic).containsExactly("a/b", "flags");
            TopicView onlyHere = list.topics().get(0);
            assertThat(onlyHere.roles()).containsExactly("source");
            assertThat(onlyHere.revision()).isNotNull();
            assertThat(onlyHere.state()).isNull();
            TopicView flags = list.topics().get(1);
            assertThat(flags.roles()).containsExactly("source", "replica");
            assertThat(flags.state()).isEqualTo("LIVE");
            assertThat(flags.revision()).isEqualTo(sync(context).localRevision().toString());
            assertThat(flags.behind()).isFalse();
            assertThat(flags.connected()).isTrue();
            assertThat(flags.age()).startsWith("PT");
            assertThat(flags.failures()).isZero();
            assertThat(flags.lastError()).isNull();
        });
    }

    @Test
    void theDetailHasTheEventsOfTheTopicButNoStaleOnes() {
        runner.run(context -> {
            awaitLive(context);
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("flags").join();
            await().until(() -> sync(context).localRevision().equals(revision));
            context.publishEvent(InvalidationEvent.of("flags", new Revision(1)));

            await().untilAsserted(() -> assertThat(
                            endpoint(context).topic("flags").events())
                    .anySatisfy(event -> {
                        assertThat(event.event()).isEqualTo("invalidation");
                        assertThat(event.outcome()).isEqualTo("accepted");
                        assertThat(event.revision()).isEqualTo(revision.toString());
                    })
                    .anySatisfy(event -> {
                        assertThat(event.event()).isEqualTo("refresh");
                        assertThat(event.cause()).isEqualTo("invalidation");
                        assertThat(event.outcome()).isEqualTo("applied");
                        assertThat(event.revision()).isEqualTo(revision.toString());
                    })
                    .noneMatch(event -> event.outcome().equals("stale")));
            assertThat(endpoint(context).topic("flags").errors()).isEmpty();
        });
    }

    @Test
    void anErrorIsShownByPhaseAndMessage() {
        runner.withPropertyValues(NO_CATCH_UP).withBean(Broken.class).run(context -> {
            await().until(() -> !endpoint(context).topic("broken").errors().isEmpty());
            TopicDetail broken = endpoint(context).topic("broken");

            assertThat(broken.errors().get(0).phase()).isEqualTo("getSnapshot");
            assertThat(broken.errors().get(0).message()).isEqualTo("IllegalStateException: no table");
            await().untilAsserted(() -> assertThat(
                            endpoint(context).topic("broken").status().lastError())
                    .isEqualTo(new TopicView.LastError("getSnapshot", "IllegalStateException: no table")));
        });
    }

    @Test
    void aTopicThatAPathCannotHoldIsFoundByItsEncodedName() {
        runner.run(context -> {
            assertThat(endpoint(context).topic("a~2fb").status().topic()).isEqualTo("a/b");
            assertThat(endpoint(context).topic("nobody")).isNull();
        });
    }

    @Test
    void refreshAndResetFetchAndInvalidateIssuesARevision() {
        runner.run(context -> {
            awaitLive(context);
            StateSyncEndpoint endpoint = endpoint(context);

            assertThat(endpoint.act("flags", "refresh").error()).isNull();
            awaitRefreshes(context, 1);
            assertThat(endpoint.act("flags", "reset").error()).isNull();
            awaitRefreshes(context, 2);
            String revision = endpoint.act("flags", "invalidate").revision();
            await().until(() -> sync(context).localRevision().toString().equals(revision));
            assertThat(endpoint.act("a/b", "invalidate").revision()).isNotNull();
        });
    }

    @Test
    void whatCannotBeDoneIsRefusedWithWhatToWriteInstead() {
        runner.run(context -> {
            assertRefused(
                    context, "flags", "explode", "unknown action \"explode\": write refresh, reset or invalidate");
            assertRefused(context, "nobody", "refresh", "there is no topic \"nobody\" here");
            assertRefused(
                    context,
                    "a/b",
                    "reset",
                    "topic \"a/b\" has only its source here, so there is no copy to reset: write invalidate");
        });
        runner.withBean(Elsewhere.class)
                .withBean(FarDriver.class)
                .withPropertyValues(FAR_SOURCE)
                .withPropertyValues("statesync.topics.far.source=shop")
                .run(context -> assertRefused(
                        context,
                        "far",
                        "invalidate",
                        "topic \"far\" has its source elsewhere: invalidate it there, or write refresh"));
    }

    @Test
    void theJsonOfFiveHundredTopicsIsSortedAndBounded() {
        String[] types = IntStream.range(0, 500)
                .mapToObj(i -> "statesync.topics.topic-" + i + ".type=java.lang.String")
                .toArray(String[]::new);
        String[] sources = IntStream.range(0, 500)
                .mapToObj(i -> "statesync.topics.topic-" + i + ".source=shop")
                .toArray(String[]::new);
        runner.withPropertyValues(NO_CATCH_UP)
                .withPropertyValues(types)
                .withPropertyValues(sources)
                .withPropertyValues(FAR_SOURCE)
                .withBean(FarDriver.class)
                .run(context -> {
                    await().until(() -> endpoint(context).topics().topics().stream()
                            .skip(2)
                            .allMatch(topic -> topic.lastError() != null));
                    TopicList list = endpoint(context).topics();
                    assertThat(list.topics())
                            .hasSize(502)
                            .extracting(TopicView::topic)
                            .isSortedAccordingTo(Comparator.naturalOrder());
                    String json = JsonMapper.shared().writeValueAsString(list);
                    assertThat(json.length()).isBetween(502 * 50, 502 * 800);
                });
    }

    private static void assertRefused(ApplicationContext context, String topic, String action, String message) {
        assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> endpoint(context).act(topic, action))
                .withMessage(message);
    }

    private static void awaitRefreshes(ApplicationContext context, int asked) {
        await().until(() -> refreshes(context).count() == asked);
    }

    private static Stream<TopicEvent> refreshes(ApplicationContext context) {
        return endpoint(context).topic("flags").events().stream().filter(event -> "explicit".equals(event.cause()));
    }

    private static void awaitLive(ApplicationContext context) {
        await().until(() -> sync(context).status().state() == SyncState.LIVE);
    }

    private static StateSyncEndpoint endpoint(ApplicationContext context) {
        return context.getBean(StateSyncEndpoint.class);
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean("revisionSync.flags", RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @TopicSource("flags")
        String flags() {
            return "a";
        }

        @TopicSource("a/b")
        String other() {
            return "b";
        }

        @Bean
        @SyncedTopic("flags")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({StateSyncAutoConfiguration.class, StateSyncEndpointAutoConfiguration.class})
    static class Automatic extends Application {}

    static class Broken {
        @TopicSource("broken")
        String read() {
            throw new IllegalStateException("no table");
        }

        @SyncedTopic("broken")
        void apply(String data) {}
    }

    /** Reads a source that never answers. */
    static class FarDriver implements SnapshotDriver {

        @Override
        public String name() {
            return "far";
        }

        @Override
        public SnapshotSource open(SourceSettings settings) {
            return new FarSource();
        }
    }

    static class FarSource implements SnapshotSource {

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return () -> {
                throw new IllegalStateException("no answer ".repeat(100));
            };
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) {
            return Map.of();
        }
    }

    static class Elsewhere {
        @SyncedTopic("far")
        void apply(String data) {}
    }
}
