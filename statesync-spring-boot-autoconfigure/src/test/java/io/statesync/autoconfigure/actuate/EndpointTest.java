package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class EndpointTest {

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

    private static void awaitLive(ApplicationContext context) {
        await().until(() -> sync(context).status().state() == SyncState.LIVE);
    }

    @Test
    void theListSaysHowOftenWhatHappened() {
        runner.run(context -> {
            awaitLive(context);
            context.publishEvent(InvalidationEvent.of("flags", new Revision(1)));

            await().untilAsserted(() -> assertThat(
                            endpoint(context).topics().topics().get(1).counts())
                    .isEqualTo(new CountsView(Map.of("stale", 1L), Map.of("applied", 1L), Map.of(), 0)));
            assertThat(endpoint(context).topics().topics().get(0).counts()).isNull();
        });
    }

    @Test
    void aTopicThatCannotBeStartedSaysWhenItIsTriedAgain() {
        runner.withPropertyValues(NO_CATCH_UP)
                .withBean(Broken.class)
                .run(context -> await().untilAsserted(() -> {
                    TopicView broken = endpoint(context).topic("broken").status();
                    assertThat(broken.state()).isEqualTo("FAILED");
                    assertThat(broken.nextAttempt()).startsWith("PT");
                    assertThat(broken.counts().errors()).isEqualTo(Map.of("getSnapshot", 1L));
                }));
    }

    @Test
    void aTopicWithOnlyItsSourceHereShowsWhatItAnnounced() {
        runner.run(context -> {
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("a/b").join();
            TopicDetail source = endpoint(context).topic("a/b");

            assertThat(source.status().revision()).isEqualTo(revision.toString());
            assertThat(source.events()).last().satisfies(event -> {
                assertThat(event.event()).isEqualTo("announcement");
                assertThat(event.revision()).isEqualTo(revision.toString());
            });
        });
    }

    @Test
    void aSourceThatLabelsItsOwnStateIsAskedForItsRevision() {
        runner.withBean(Labelled.class).run(context -> {
            assertThat(endpoint(context).topic("labelled").status().revision()).isEqualTo("42");
            context.getBean(Labelled.class).broken = true;

            TopicList list = endpoint(context).topics();

            assertThat(list.topics()).extracting(TopicView::topic).containsExactly("a/b", "flags", "labelled");
            assertThat(list.topics().get(0).revision()).isNotNull();
            assertThat(list.topics().get(2).lastError())
                    .isEqualTo(new TopicView.LastError("revisions", "IllegalStateException: no table"));
        });
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

    static class Labelled {
        volatile boolean broken;

        @TopicSource("labelled")
        SnapshotEnvelope<String> read() {
            if (broken) {
                throw new IllegalStateException("no table");
            }
            return new SnapshotEnvelope<>(new Revision(42), "x");
        }
    }
}
