package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.autoconfigure.TodoApplication;
import io.statesync.autoconfigure.TodoBackend;
import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of transactions, and can do about them. */
class TransactionsActuatorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final TodoBackend backend = new TodoBackend();

    private ApplicationContextRunner runner() {
        return TodoApplication.runner(backend, directory)
                .withConfiguration(AutoConfigurations.of(
                        StateSyncTransactionHealthAutoConfiguration.class,
                        StateSyncTransactionMetricsAutoConfiguration.class,
                        StateSyncTransactionsEndpointAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("management.endpoints.web.exposure.include=statesynctransactions");
    }

    /* MU-H2 */
    @Test
    void theListHasActiveAndFormerOnesWithoutTheirValues() {
        runner().run(context -> {
            TransactionHandle refused = todos(context).insert(new Todo("7", "rum"), MutationOption.fn("refused"));
            refused.await(PATIENCE);
            backend.hold();
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            TransactionHandle next = todos(context).update("1", todo -> new Todo("1", "cake"));
            await().atMost(PATIENCE).until(() -> backend.calls.get() == 1);
            await().atMost(PATIENCE)
                    .until(() -> endpoint(context)
                                    .list(null, null, null)
                                    .transactions()
                                    .size()
                            == 3);

            List<TransactionView> all = endpoint(context).list(null, null, null).transactions();
            assertThat(all).extracting(TransactionView::state).containsExactly("failed", "persisting", "queued");
            assertThat(all.get(2).queuedBehind()).isEqualTo(edit.id());
            assertThat(endpoint(context).list("failed", "todos", 5).transactions())
                    .extracting(TransactionView::id)
                    .containsExactly(refused.id());
            String written = JsonMapper.shared().writeValueAsString(all);
            assertThat(written)
                    .contains("\"fields\":[\"text\"]")
                    .doesNotContain("bread", "rum", "milk", "no more todos");
            assertThat(endpoint(context).one(next.id()).attempts()).isEmpty();
            assertThat(endpoint(context).one("nobody")).isNull();
            backend.release();
        });
    }

    @Test
    void valuesAreShownIfThatIsAllowed() {
        runner().withPropertyValues("statesync.mutations.show-values=true").run(context -> {
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            edit.await(PATIENCE);

            TransactionView view = endpoint(context).one(edit.id());

            assertThat(JsonMapper.shared().writeValueAsString(view)).contains("bread", "milk");
            assertThat(view.mutations().get(0).key()).isEqualTo("1");
        });
    }

    @Test
    void aFailedOneIsSentAgainAndAWaitingOneTakenBack() {
        runner().run(context -> {
            TransactionsEndpoint endpoint = endpoint(context);
            TransactionHandle refused = todos(context).insert(new Todo("7", "rum"), MutationOption.fn("refused"));
            refused.await(PATIENCE);
            backend.hold();
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            TransactionHandle waiting = todos(context).update("1", todo -> new Todo("1", "cake"));
            await().atMost(PATIENCE).until(() -> backend.calls.get() == 1);

            assertThat(endpoint.act(waiting.id(), "cancel").state()).isEqualTo("failed");
            assertThat(endpoint.act(refused.id(), "resubmit").id()).isNotEqualTo(refused.id());
            assertThatThrownBy(() -> endpoint.act(edit.id(), "cancel")).hasMessageContaining("at the backend already");
            assertThatThrownBy(() -> endpoint.act(edit.id(), "resubmit")).hasMessageContaining("cannot be sent again");
            assertThatThrownBy(() -> endpoint.act(refused.id(), "cancel")).hasMessageContaining("has ended");
            assertThatThrownBy(() -> endpoint.act(edit.id(), "stop")).hasMessageContaining("resubmit");
            assertThatThrownBy(() -> endpoint.list("lost", null, null)).hasMessageContaining("persisted-awaiting-sync");
            assertThat(new TransactionsWebExtension(endpoint)
                            .act("nobody", "cancel")
                            .getStatus())
                    .isEqualTo(404);
            backend.release();
            edit.await(PATIENCE);
        });
    }

    @Test
    void healthIsDownWhileATransactionIsTooOldOrTheStorageIsNotThere() {
        runner().withPropertyValues("statesync.mutations.age-alarm=1ms").run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            backend.hold();
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));

            await().untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
            assertThat(health(context).getDetails().get("reasons").toString()).contains(edit.id());
            backend.release();
            edit.await(PATIENCE);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);

            runner().run(second -> {
                assertThat(health(second).getStatus()).isEqualTo(Status.DOWN);
                assertThat(health(second).getDetails()).containsEntry("durable", false);
            });
        });
    }

    @Test
    void whatHappensIsCountedAndTimed() {
        runner().run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            todos(context)
                    .insert(new Todo("7", "rum"), MutationOption.fn("refused"))
                    .await(PATIENCE);
            backend.hold();
            TransactionHandle edit = todos(context).update("1", todo -> new Todo("1", "bread"));
            TransactionHandle waiting = todos(context).update("1", todo -> new Todo("1", "cake"));

            assertThat(meters.get("statesync.transactions.active")
                            .tag("state", "queued")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("statesync.transactions.store.degraded")
                            .gauge()
                            .value())
                    .isZero();
            waiting.cancel();
            backend.release();
            edit.await(PATIENCE);
            Map<String, String> counted = Map.of("refused", "cause", "cancelled", "cause", "true", "confirmed");
            await().untilAsserted(() -> counted.forEach((value, tag) -> assertThat(meters.find(
                                    tag.equals("cause")
                                            ? "statesync.transactions.failed"
                                            : "statesync.transactions.completed")
                            .tag(tag, value)
                            .counter()
                            .count())
                    .as(value)
                    .isEqualTo(1)));
            assertThat(meters.get("statesync.transactions.created").counter().count())
                    .isEqualTo(3);
            assertThat(meters.get("statesync.transactions.persist")
                            .tag("outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("statesync.transactions.persist")
                            .tag("outcome", "failure")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    private static TransactionsEndpoint endpoint(ApplicationContext context) {
        return context.getBean(TransactionsEndpoint.class);
    }

    private static Health health(ApplicationContext context) {
        return context.getBean("statesyncTransactionsHealthIndicator", HealthIndicator.class)
                .health();
    }

    @SuppressWarnings("unchecked")
    private static SyncedCollection<String, Todo> todos(ApplicationContext context) {
        SyncedCollection<String, Todo> todos = context.getBean(SyncedCollection.class);
        todos.ready().toCompletableFuture().join();
        return todos;
    }
}
