package io.statesync.test.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SyncPhase;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.TransactionHandle;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StorageFaultsTest {

    private static final Item X = new Item("x", "X", 0);
    private static final IllegalStateException FULL = new IllegalStateException("disk full");

    private final TestCollection<String, Item> items = MutationTestKit.createTestCollection(List.of(X), Item.ROWS);
    private final StorageFaults faults = items.faults();

    private TransactionHandle edit(String text) {
        TransactionHandle handle = items.collection().update("x", row -> row.withText(text));
        items.runUntilIdle();
        return handle;
    }

    private static TransactionState state(TransactionHandle handle) {
        return handle.snapshot().state();
    }

    private CompletableFuture<?> durable(TransactionHandle handle) {
        CompletableFuture<?> durable = handle.durable().toCompletableFuture();
        items.runUntilIdle();
        return durable;
    }

    @Test
    @DisplayName("MU-R1: on a slow disk nothing is sent before it is there")
    void slow() {
        faults.slow();
        TransactionHandle handle = edit("mine");
        assertThat(state(handle)).isEqualTo(TransactionState.PENDING);
        CompletableFuture<?> durable = durable(handle);
        assertThat(durable).isNotDone();
        faults.force();
        items.runUntilIdle();

        assertThat(items.syncControl().persists()).hasSize(1);
        assertThat(durable).isCompleted();
    }

    @Test
    @DisplayName("MU-D12: what was not on disk is lost in a crash, as a whole")
    void slowAndCrash() {
        faults.slow();
        edit("mine");
        items.crash();
        items.restart();

        assertThat(items.collection().get("x")).isEqualTo(X);
        assertThat(faults.records()).isZero();
    }

    @Test
    @DisplayName("MU-D2: records that get lost are told to those who wait, and the engine goes on without")
    void failAppend() {
        faults.slow();
        CompletableFuture<?> waiting = durable(edit("mine"));
        faults.failAppend(FULL);
        items.runUntilIdle();
        assertThat(waiting).isCompletedExceptionally();
        TransactionHandle handle = edit("more");

        assertThat(state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(items.errors().stream().map(error -> error.phase())).contains(SyncPhase.STORE);
        items.crash();
        items.restart();
        assertThat(items.transactions().history(Query.ALL)).isEmpty();
    }

    @Test
    @DisplayName("MU-D2: records that cannot be brought to disk are lost in a crash, and there once the disk is mended")
    void failForce() {
        faults.failForce(FULL);
        TransactionHandle handle = edit("mine");
        assertThat(durable(handle)).isCompletedExceptionally();
        assertThat(state(handle)).isEqualTo(TransactionState.COMPLETED);
        faults.heal();
        items.crash();
        items.restart();

        assertThat(items.transactions().history(Query.ALL)).hasSize(1);
    }

    @Test
    @DisplayName("MU-D2: a storage that cannot be opened is reported, and the next start may have it again")
    void failOpen() {
        items.syncControl().holdPersists();
        TransactionHandle handle = edit("mine");
        faults.failOpen(FULL);
        items.restart();
        assertThat(items.collection().get("x")).isEqualTo(X);
        assertThat(items.errors().get(0).phase()).isEqualTo(SyncPhase.STORE);
        faults.heal();
        items.restart();

        assertThat(items.transactions().find(handle.id())).isPresent();
        assertThat(items.collection().get("x").text()).isEqualTo("mine");
    }

    @Test
    @DisplayName("MU-D10, MU-D12: a record that was torn is absent, reported, and costs itself only")
    void tear() {
        items.syncControl().holdPersists();
        edit("mine");
        items.collection().insert(new Item("y", "Y", 0));
        faults.tear(1);
        items.crash();
        items.restart();

        assertThat(items.errors())
                .extracting(error -> error.error().getMessage())
                .containsExactly("a record was torn when the process died");
        assertThat(items.transactions().active()).hasSize(2);
        assertThatThrownBy(() -> faults.tear(-1)).hasMessageContaining("must not be negative");
    }

    @Test
    @DisplayName("MU-H1: what was pruned is not there after a restart either")
    void prune() {
        edit("mine");
        assertThat(items.transactions().prune(Query.ALL)).isEqualTo(1);
        items.restart();

        assertThat(items.transactions().history(Query.ALL)).isEmpty();
    }

    @Test
    @DisplayName("MU-M2: a collection beside another one takes part in its transactions and its crashes")
    void beside() {
        TestCollection<String, Item> other =
                items.beside(List.of(X), SyncConfig.of("other", Item.ROWS, SyncControl.<String, Item>nowhere()));
        items.syncControl().holdPersists();
        items.collection().mutate(scope -> {
            scope.update("x", row -> row.withText("mine"));
            scope.on(other.collection()).delete("x");
        });
        items.crash();
        items.restart();
        assertThat(items.collection().get("x").text()).isEqualTo("mine");
        assertThat(other.collection().data()).isEmpty();
        items.syncControl().release();
        items.runUntilIdle();

        assertThat(items.transactions().active()).isEmpty();
        assertThat(other.syncControl().snapshot().rows()).isEmpty();
    }
}
