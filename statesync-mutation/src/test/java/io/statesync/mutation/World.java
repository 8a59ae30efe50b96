package io.statesync.mutation;

import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An engine with one collection on one thread: nothing happens but by the test's hand. */
final class World {

    static final MutationRetry NO_JITTER = MutationRetry.DEFAULT.withJitter(0, () -> 0);

    final HandTime time;
    final HandExecutor threads = new HandExecutor();
    final Backend backend = new Backend();
    final HandSource source = new HandSource();
    final List<TransactionEvent> events = new ArrayList<>();
    final List<SyncErrorContext> errors = new ArrayList<>();
    final List<MutationTransaction> stale = new ArrayList<>();
    final SyncedCollections collections;
    final SyncedCollection<String, Todo> todos;

    private World(
            HandTime time,
            TransactionStorage storage,
            Consumer<SyncedCollectionsBuilder> settings,
            UnaryOperator<SyncConfig<String, Todo>> config) {
        this.time = time;
        SyncedCollectionsBuilder builder = SyncedCollections.builder()
                .storage(storage)
                .scheduler(time)
                .clock(time)
                .executor(threads)
                .callbackExecutor(threads)
                .retry(NO_JITTER)
                .drainTimeout(Duration.ZERO)
                .listener(new Ear());
        settings.accept(builder);
        collections = builder.build();
        todos = collections.open(config.apply(config()));
        collections.start();
        run();
    }

    SyncConfig<String, Todo> config() {
        return SyncConfig.of("todos", Todo.ROWS, source).withRefresher(source).withMutationFn(backend);
    }

    /** With these rows in it. */
    static World with(Todo... rows) {
        return with(settings -> {}, config -> config, rows);
    }

    static World with(
            Consumer<SyncedCollectionsBuilder> settings, UnaryOperator<SyncConfig<String, Todo>> config, Todo... rows) {
        World world = new World(new HandTime(), TransactionStorage.memory(), settings, config);
        world.source.initial(rows);
        world.run();
        return world;
    }

    /** Without its initial data. */
    static World loading(TransactionStorage storage) {
        return on(storage, new HandTime());
    }

    static World on(TransactionStorage storage, HandTime time) {
        return new World(time, storage, settings -> {}, config -> config);
    }

    static World on(
            TransactionStorage storage,
            HandTime time,
            Consumer<SyncedCollectionsBuilder> settings,
            UnaryOperator<SyncConfig<String, Todo>> config) {
        return new World(time, storage, settings, config);
    }

    void run() {
        threads.runAll();
    }

    void advance(Duration passed) {
        time.advance(passed, this::run);
    }

    TransactionHandle edit(String key, String text) {
        TransactionHandle handle = todos.update(key, row -> row.withText(text));
        run();
        return handle;
    }

    TransactionHandle count(String key, int count, MutationOption... options) {
        TransactionHandle handle = todos.update(key, row -> row.withCount(count), options);
        run();
        return handle;
    }

    /** Answers the call of that transaction, and does what follows. */
    void ok(TransactionHandle handle) {
        backend.of(handle).ok();
        run();
    }

    void ok(TransactionHandle handle, long revision) {
        backend.of(handle).ok(revision);
        run();
    }

    void fail(TransactionHandle handle, Throwable error) {
        backend.of(handle).fail(error);
        run();
    }

    static TransactionState state(TransactionHandle handle) {
        return handle.snapshot().state();
    }

    String text(String key) {
        Todo row = todos.get(key);
        return row == null ? null : row.text();
    }

    /** How many publications there were. */
    long publications() {
        return ((Collected<?, ?>) todos).view().version();
    }

    /** The states that listeners were told of this transaction. */
    List<TransactionState> told(TransactionHandle handle) {
        return events.stream()
                .filter(event -> event.transaction().id().equals(handle.id()))
                .map(TransactionEvent::to)
                .toList();
    }

    List<SyncErrorContext> errors(SyncPhase phase) {
        return errors.stream().filter(error -> error.phase() == phase).toList();
    }

    private final class Ear implements TransactionListener {

        @Override
        public void onTransition(TransactionEvent event) {
            events.add(event);
        }

        @Override
        public void onError(SyncErrorContext context) {
            errors.add(context);
        }

        @Override
        public void onStaleResult(MutationTransaction transaction) {
            stale.add(transaction);
        }
    }
}
