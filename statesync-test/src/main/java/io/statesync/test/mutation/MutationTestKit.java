package io.statesync.test.mutation;

import io.statesync.mutation.RowModel;
import io.statesync.mutation.SyncConfig;
import io.statesync.mutation.SyncedCollectionsBuilder;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Makes collections for tests: the engine is the real one; time, threads, disk, backend and sync are in the test's hand.
 *
 * <pre>{@code
 * record Todo(String id, String title) {}
 *
 * TestCollection<String, Todo> todos = MutationTestKit.createTestCollection(
 *         List.of(new Todo("1", "milk")), RowModel.ofRecord(Todo.class, Todo::id));
 *
 * todos.syncControl().failNextPersist();
 * TransactionHandle handle = todos.collection().update("1", todo -> new Todo("1", "bread"));
 * assertThat(todos.collection().get("1").title()).isEqualTo("bread");
 *
 * todos.clock().advance(Duration.ofSeconds(1));
 * assertThat(handle.snapshot().state()).isEqualTo(TransactionState.COMPLETED);
 * assertThat(handle.snapshot().currentAttempt()).isEqualTo(2);
 * }</pre>
 */
public final class MutationTestKit {

    private MutationTestKit() {}

    /** A collection whose backend takes everything. */
    public static <K, T> TestCollection<K, T> createTestCollection(Collection<T> initialData, RowModel<K, T> rows) {
        return createTestCollection(initialData, SyncConfig.of("test", rows, SyncControl.nowhere()));
    }

    /**
     * A collection as an application configures it (MU-K1): its mutation functions are called, its source and its refresher
     * are replaced by {@link SyncControl}. Without a mutation function it gets a backend that takes everything.
     */
    public static <K, T> TestCollection<K, T> createTestCollection(Collection<T> initialData, SyncConfig<K, T> sync) {
        return createTestCollection(initialData, sync, settings -> {});
    }

    /**
     * The same with other settings of the engine. It has the defaults, but for retries, which come without jitter; scheduler,
     * clock, executors and storage are the kit's in any case.
     */
    public static <K, T> TestCollection<K, T> createTestCollection(
            Collection<T> initialData, SyncConfig<K, T> sync, Consumer<SyncedCollectionsBuilder> settings) {
        return new Bench(settings).add(initialData, sync);
    }
}
