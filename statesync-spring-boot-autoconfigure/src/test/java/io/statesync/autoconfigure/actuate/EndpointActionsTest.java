package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What an operator does to a topic by the endpoint, and what is refused. */
class EndpointActionsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncEndpointAutoConfiguration.class))
            .withUserConfiguration(EndpointTest.Application.class)
            .withPropertyValues("management.endpoints.web.exposure.include=statesync");

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
    void whatAnApplierSaysOfItsDataIsNotInTheAnswerEither() {
        runner.withBean(Picky.class)
                .withBean(RevisionSyncCustomizer.class, () -> (topic, builder) -> builder.executor(Runnable::run))
                .run(context -> {
                    assertThat(endpoint(context).act("pins", "refresh").error()).isNull();
                    assertThat(endpoint(context).topic("pins").errors())
                            .isNotEmpty()
                            .allMatch(error -> !error.message().contains("4711"));
                });
    }

    @Test
    void whatCannotBeDoneIsRefusedWithWhatToWriteInstead() {
        runner.run(context -> {
            assertRefused(
                    context,
                    "flags",
                    "explode",
                    "unknown action \"explode\": write refresh, reset, pause, resume, invalidate, flush or clear");
            assertRefused(context, "nobody", "refresh", "there is no topic \"nobody\" here");
            assertRefused(
                    context,
                    "a/b",
                    "reset",
                    "topic \"a/b\" has only its source here, so there is no copy to reset: write invalidate");
        });
        runner.withBean(Elsewhere.class)
                .withBean(FarDriver.class)
                .withPropertyValues(FarDriver.PROPERTIES)
                .withPropertyValues("statesync.topics.far.source=shop")
                .run(context -> assertRefused(
                        context,
                        "far",
                        "invalidate",
                        "topic \"far\" has its source elsewhere: invalidate it there, or write refresh"));
    }

    @Test
    void aPausedTopicSaysSoAndIsLeftAloneUntilItIsResumed() {
        runner.run(context -> {
            awaitLive(context);

            assertThat(endpoint(context).act("flags", "pause").error()).isNull();
            await().until(() -> view(context).state().equals("PAUSED"));
            assertThat(view(context).pausedSince()).isNotNull();
            assertThat(view(context).connected()).isFalse();
            assertThat(view(context).revision()).isNotEqualTo("0");
            assertRefused(
                    context,
                    "flags",
                    "refresh",
                    "topic \"flags\" is paused, so there is nothing to refresh: write resume");
            assertThat(endpoint(context).act("flags", "invalidate").revision()).isNotNull();

            assertThat(endpoint(context).act("flags", "resume").error()).isNull();
            awaitLive(context);
            assertThat(view(context).pausedSince()).isNull();
            assertThat(endpoint(context).topic("flags").events())
                    .filteredOn(event -> event.event().equals("operation"))
                    .extracting(TopicEvent::outcome)
                    .containsExactly("pause", "invalidate", "resume");
        });
    }

    @Test
    void whatIsRefusedOverHttpIsAProblemWithItsText() {
        runner.run(context -> {
            StateSyncWebExtension web = context.getBean(StateSyncWebExtension.class);

            WebEndpointResponse<Object> unknown = web.act("nobody", "refresh");
            WebEndpointResponse<Object> missing = web.act("flags", null);

            assertThat(unknown.getStatus()).isEqualTo(404);
            assertThat(unknown.getBody())
                    .isEqualTo(
                            Map.of("title", "Not Found", "status", 404, "detail", "there is no topic \"nobody\" here"));
            assertThat(missing.getStatus()).isEqualTo(400);
            assertThat(missing.getContentType()).hasToString("application/problem+json");
            assertThat(missing.getBody()).asString().contains("write {\"action\":\"...\"} with refresh, reset, pause");
        });
    }

    private static TopicView view(ApplicationContext context) {
        return endpoint(context).topic("flags").status();
    }

    private static void assertRefused(ApplicationContext context, String topic, String action, String message) {
        assertThatExceptionOfType(InvalidEndpointRequestException.class)
                .isThrownBy(() -> endpoint(context).act(topic, action))
                .withMessage(message);
    }

    private static void awaitRefreshes(ApplicationContext context, int asked) {
        await().until(() -> endpoint(context).topic("flags").events().stream()
                        .filter(event -> "explicit".equals(event.cause()))
                        .count()
                == asked);
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

    static class Picky {
        @TopicSource("pins")
        String read() {
            return "4711";
        }

        @SyncedTopic("pins")
        void apply(String data) {
            throw new IllegalArgumentException("no pin: " + data);
        }
    }

    static class Elsewhere {
        @SyncedTopic("far")
        void apply(String data) {}
    }
}
