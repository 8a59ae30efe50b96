package io.statesync.test.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.MutationOption;
import io.statesync.mutation.MutationStrategy;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MutationTestKitTest {

    private static final Item X = new Item("x", "X", 0);
    private static final Item Y = new Item("y", "Y", 0);

    private final TestCollection<String, Item> items = MutationTestKit.createTestCollection(List.of(X, Y), Item.ROWS);
    private final SyncControl<String, Item> control = items.syncControl();

    private TransactionHandle edit(String key, String text) {
        return items.collection().update(key, row -> row.withText(text));
    }

    private String text(String key) {
        Item row = items.collection().get(key);
        return row == null ? null : row.text();
    }

    private static TransactionState state(TransactionHandle handle) {
        return handle.snapshot().state();
    }

    record Todo(String id, String title) {}

    @Test
    @DisplayName("MU-K1, MU-K4: the example of the kit's Javadoc")
    void theExample() {
        TestCollection<String, Todo> todos = MutationTestKit.createTestCollection(
                List.of(new Todo("1", "milk")), RowModel.ofRecord(Todo.class, Todo::id));

        todos.syncControl().failNextPersist();
        TransactionHandle handle = todos.collection().update("1", todo -> new Todo("1", "bread"));
        assertThat(todos.collection().get("1").title()).isEqualTo("bread");

        todos.clock().advance(Duration.ofSeconds(1));
        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().currentAttempt()).isEqualTo(2);
    }

    @Test
    @DisplayName("MU-K1: a collection as it is configured, whose mutation functions are called")
    void asConfigured() {
        List<PersistContext> called = new ArrayList<>();
        MutationFn fn = MutationFn.blocking(context -> {
            called.add(context);
            return PersistResult.none();
        });
        SyncConfig<String, Item> sync = SyncConfig.of("items", Item.ROWS, SyncControl.<String, Item>nowhere())
                .withMutationFn(fn)
                .withMutationFn("other", fn)
                .withStrategy(MutationStrategy.PARALLEL);
        TestCollection<String, Item> own = MutationTestKit.createTestCollection(List.of(X), sync);
        assertThat(own.collection().data()).containsOnly(Map.entry("x", X));
        TransactionHandle handle =
                own.collection().update("x", row -> row.withText("mine"), MutationOption.fn("other"));
        own.runUntilIdle();

        assertThat(state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(called).hasSize(1);
        assertThat(own.syncControl().persists()).isEqualTo(called);
        assertThat(own.syncControl().revision()).isEqualTo(new Revision(2));
        assertThat(own.collection().revision()).isEqualTo(new Revision(2));
        assertThat(own.transactions().active()).isEmpty();
        assertThat(own.errors()).isEmpty();
    }

    @Test
    @DisplayName("MU-K2: an update comes the way that it comes in production: held where a row is locked")
    void updates() {
        control.emitUpdate(List.of(X.withText("theirs")));
        assertThat(items.collection().data()).containsOnly(Map.entry("x", X.withText("theirs")));
        control.emitChange(Y.withText("back"));
        assertThat(text("y")).isEqualTo("back");

        control.holdPersists();
        edit("x", "mine");
        items.runUntilIdle();
        control.emitChange(X.withText("later"), Y.withText("later"));

        assertThat(text("x")).isEqualTo("mine");
        assertThat(text("y")).isEqualTo("later");
        assertThat(items.collection().rowStatus("x").held()).isTrue();
        control.release();
        items.runUntilIdle();
        assertThat(text("x")).isEqualTo("mine");
        assertThat(items.collection().rowStatus("x").pending()).isEmpty();
    }

    @Test
    @DisplayName("MU-K3: the network delays answers and updates, on the clock of the test")
    void networkDelay() {
        control.setNetworkDelay(200);
        TransactionHandle handle = edit("x", "mine");
        control.emitChange(Y.withText("theirs"));
        items.clock().advance(Duration.ofMillis(199));
        assertThat(state(handle)).isEqualTo(TransactionState.PERSISTING);
        assertThat(text("y")).isEqualTo("Y");

        items.clock().advance(Duration.ofMillis(1));
        assertThat(text("y")).isEqualTo("theirs");
        assertThat(state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(items.clock().instant()).isEqualTo("2025-01-01T00:00:00.200Z");
    }

    @Test
    @DisplayName("MU-K4: one attempt fails, or some, with an error that is worth another attempt or with a given one")
    void failures() {
        control.failNextPersist();
        TransactionHandle once = edit("x", "once");
        items.clock().advance(Duration.ofSeconds(1));
        assertThat(state(once)).isEqualTo(TransactionState.COMPLETED);
        assertThat(once.snapshot().currentAttempt()).isEqualTo(2);

        control.failNextPersist(5);
        TransactionHandle always = edit("x", "always");
        items.clock().advance(Duration.ofMinutes(1));
        assertThat(state(always)).isEqualTo(TransactionState.FAILED);
        assertThat(text("x")).isEqualTo("once");

        control.failNextPersist(new NonRetriableException("refused"));
        TransactionHandle refused = edit("x", "refused");
        items.runUntilIdle();
        assertThat(refused.snapshot().error().message()).isEqualTo("refused");
        assertThat(items.errors()).hasSize(7);
    }

    @Test
    @DisplayName("MU-K1: without an echo, or with events that get lost, a write waits for sync")
    void echoes() {
        control.setAutoEcho(false);
        TransactionHandle handle = edit("x", "mine");
        items.runUntilIdle();
        assertThat(state(handle)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        control.dropEvents(true);
        control.emitUpdate(List.of(X.withText("lost")));
        assertThat(state(handle)).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        control.dropEvents(false);
        control.emitUpdate(List.of(X.withText("theirs")));

        assertThat(state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(text("x")).isEqualTo("theirs");
        assertThat(control.revision()).isEqualTo(new Revision(4));
    }

    @Test
    @DisplayName(
            "MU-K1: what the backend got through a delay, or while it was held, is in its rows for the next snapshot")
    void theBackendHasRows() {
        items.collection().insert(new Item("z", "Z", 1));
        items.collection().delete("y");
        items.runUntilIdle();
        items.crash();
        items.restart();

        assertThat(items.collection().data()).containsOnly(Map.entry("x", X), Map.entry("z", new Item("z", "Z", 1)));
    }

    @Test
    @DisplayName("MU-K1: after a crash the next life takes up what is stored, with the same idempotency key")
    void crashes() {
        control.holdPersists();
        SyncedCollection<String, Item> before = items.collection();
        TransactionHandle first = edit("x", "mine");
        edit("x", "queued");
        items.runUntilIdle();
        items.crash();
        control.release();
        items.clock().advance(Duration.ofHours(1));
        assertThat(state(first)).isEqualTo(TransactionState.PERSISTING);

        items.restart();
        assertThat(items.collection()).isNotSameAs(before);
        items.runUntilIdle();
        assertThat(text("x")).isEqualTo("queued");
        assertThat(items.transactions().find(first.id()).orElseThrow().state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(control.persists().stream().map(PersistContext::idempotencyKey))
                .containsExactly("t1", "t1", "t2");
        assertThat(items.events()).hasSizeGreaterThan(4);
    }

    @Test
    @DisplayName("MU-K1: a crash at any record")
    void crashAtARecord() {
        control.setAutoEcho(false);
        edit("x", "mine");
        items.runUntilIdle();
        int all = items.faults().records();
        assertThat(all).isEqualTo(3);
        control.holdPersists();
        for (int records = all; records >= 0; records--) {
            items.crashAfter(records);
            items.restart();
            assertThat(items.transactions().active()).hasSize(records == 1 || records == 2 ? 1 : 0);
        }
        assertThatThrownBy(() -> items.crashAfter(99)).hasMessageContaining("records, not 99");
    }

    @Test
    @DisplayName("MU-K1: a restart is a crash for the process that still runs, and an orderly end costs no attempt")
    void ends() {
        control.holdPersists();
        TransactionHandle handle = edit("x", "mine");
        items.runUntilIdle();
        items.restart();
        assertThat(items.transactions().find(handle.id()).orElseThrow().attempts())
                .hasSize(2);
        items.close();
        items.restart();

        assertThat(items.transactions().find(handle.id()).orElseThrow().attempts())
                .hasSize(3);
    }
}
