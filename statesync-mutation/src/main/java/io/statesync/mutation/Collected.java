package io.statesync.mutation;

import io.statesync.Revision;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A collection as its users hold it. Immutable; the casts are safe because only rows of the config's types get in. */
@SuppressWarnings("unchecked")
final class Collected<K, T> implements SyncedCollection<K, T> {

    private final Engine engine;
    private final Rows rows;
    private final Setup setup;
    private final Options options;

    Collected(Engine engine, Rows rows, Setup setup, Options options) {
        this.engine = engine;
        this.rows = rows;
        this.setup = setup;
        this.options = options;
    }

    /** The rows behind a collection of this engine. */
    static Rows rowsOf(SyncedCollection<?, ?> collection, Engine engine) {
        if (collection instanceof Collected<?, ?> known && known.engine == engine) {
            return known.rows;
        }
        throw new IllegalArgumentException("collection \"" + collection.id()
                + "\" is not of the same SyncedCollections: a transaction cannot span two of them");
    }

    boolean sameConfig(SyncConfig<?, ?> config) {
        return rows.config.equals(config);
    }

    Setup source() {
        return setup;
    }

    // ---- reading

    View view() {
        return engine.view().of(rows);
    }

    @Override
    public Map<K, T> data() {
        return (Map<K, T>) view().data();
    }

    @Override
    public @Nullable T get(K key) {
        return (T) view().visible(key);
    }

    @Override
    public int size() {
        return view().size();
    }

    @Override
    public Stream<T> stream() {
        return data().values().stream();
    }

    @Override
    public @Nullable Revision revision() {
        return view().revision();
    }

    @Override
    public String id() {
        return rows.id;
    }

    @Override
    public CollectionState state() {
        return setup.state();
    }

    @Override
    public CompletionStage<Void> ready() {
        return setup.ready();
    }

    @Override
    public CompletionStage<Void> setup() {
        return setup.again();
    }

    @Override
    public CollectionStatistics statistics() {
        View now = view();
        return new CollectionStatistics(
                now.size(), now.overlay().size(), now.held().size());
    }

    @Override
    public RowStatus rowStatus(K key) {
        return engine.step(turn -> rows.status(key));
    }

    // ---- writing

    private Draft draft(MutationOption... more) {
        return new Draft(engine, rows, options.with(more), null);
    }

    @Override
    public TransactionHandle insert(T row, MutationOption... more) {
        Draft draft = draft(more);
        draft.insert(rows, row);
        return draft.commit();
    }

    @Override
    public TransactionHandle update(K key, UnaryOperator<T> edit, MutationOption... more) {
        Draft draft = draft(more);
        draft.update(rows, key, (UnaryOperator<Object>) edit);
        return draft.commit();
    }

    @Override
    public TransactionHandle delete(K key, MutationOption... more) {
        Draft draft = draft(more);
        draft.delete(rows, key);
        return draft.commit();
    }

    @Override
    public TransactionHandle mutate(Consumer<MutationScope<K, T>> block, MutationOption... more) {
        Draft draft = draft(more);
        block.accept(new Scope<>(draft, rows));
        return draft.commit();
    }

    @Override
    public SyncedCollection<K, T> withMutation(MutationOption... more) {
        return new Collected<>(engine, rows, setup, options.with(more));
    }
}
