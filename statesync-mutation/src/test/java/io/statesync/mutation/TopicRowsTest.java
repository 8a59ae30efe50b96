package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 6: a collection that is bound to a topic, over the real engine on one thread. */
class TopicRowsTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final HandTime time = new HandTime();
    private final HandExecutor threads = new HandExecutor();
    private final InMemoryTransport transport = new InMemoryTransport();
    private boolean losing;
    private final InMemorySource<Map<String, Todo>> source =
            new InMemorySource<>("todos", Map.of("a", A, "b", B), event -> {
                if (!losing) {
                    transport.publish(event);
                }
            });
    private final TopicRows<String, Todo> rows = TopicRows.of("todos");
    private int fetches;
    private final RevisionSync<Map<String, Todo>> sync = RevisionSync.forTopic("todos")
            .subscriber(transport)
            .provider(() -> {
                fetches++;
                return source.getSnapshot();
            })
            .applier(rows)
            .executor(threads)
            .scheduler(time)
            .build();
    private final Backend backend = new Backend();
    private final SyncedCollections collections = SyncedCollections.builder()
            .scheduler(time)
            .clock(time)
            .executor(threads)
            .callbackExecutor(threads)
            .build();
    private final SyncedCollection<String, Todo> todos =
            collections.open(SyncConfig.ofTopic("my-todos", Todo.ROWS, rows).withMutationFn(backend));

    @BeforeEach
    void start() {
        rows.bind(sync);
        collections.start();
        sync.startAsync();
        threads.runAll();
    }

    @AfterEach
    void stop() {
        sync.stopAsync();
        threads.runAll();
    }

    private Revision write(String key, String text) {
        Map<String, Todo> next = new HashMap<>(source.get());
        next.put(key, Todo.of(key, text));
        return source.set(next);
    }

    @Test
    @DisplayName("MU-S5: a snapshot of the topic fills the collection, and confirms what it brings in one publication")
    void snapshotsConfirm() {
        assertThat(todos.data()).isEqualTo(Map.of("a", A, "b", B));
        TransactionHandle handle = todos.update("a", row -> row.withText("mine"));
        threads.runAll();
        Revision written = write("a", "mine");
        backend.last().answer().complete(PersistResult.revision(written));
        threads.runAll();

        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.COMPLETED);
        assertThat(handle.snapshot().syncConfirmed()).isTrue();
        assertThat(todos.revision()).isEqualTo(written);
        assertThat(todos.get("a").text()).isEqualTo("mine");
    }

    @Test
    @DisplayName("MU-S1: a revision that persist returned is fetched, though its event was lost")
    void lostEvents() {
        todos.update("a", row -> row.withText("mine"));
        threads.runAll();
        losing = true;
        Revision written = write("a", "mine");
        threads.runAll();
        losing = false;
        assertThat(todos.revision()).isNotEqualTo(written);
        backend.last().answer().complete(PersistResult.revision(written));
        threads.runAll();

        assertThat(todos.revision()).isEqualTo(written);
        assertThat(collections.transactions().active()).isEmpty();
    }

    @Test
    @DisplayName("MU-S5: a burst of writes costs at most two fetches")
    void bursts() {
        List<TransactionHandle> handles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            handles.add(todos.insert(Todo.of("n" + i, "n")));
        }
        threads.runAll();
        int before = fetches;
        for (Backend.Sent sent : List.copyOf(backend.calls)) {
            String key = (String)
                    sent.context().transaction().mutations().get(0).ref().key();
            sent.answer().complete(PersistResult.revision(write(key, "n")));
        }
        threads.runAll();

        assertThat(handles)
                .extracting(handle -> handle.snapshot().syncConfirmed())
                .containsOnly(true);
        assertThat(fetches - before).isBetween(1, 2);
    }

    @Test
    @DisplayName("MU-C7: a snapshot may be a map or a collection of rows, and nothing else")
    void shapes() {
        rows.apply(new SnapshotEnvelope<>(new Revision(-2), List.of(A)));
        assertThat(todos.data()).isEqualTo(Map.of("a", A));
        assertThatThrownBy(() -> rows.apply(new SnapshotEnvelope<>(new Revision(-1), "text")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic \"todos\"")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> rows.apply(new SnapshotEnvelope<>(new Revision(-1), null)))
                .hasMessageContaining("got null");
    }

    @Test
    @DisplayName("MU-S6: a source that went back and is believed does not confirm by what it had before")
    void backwards() {
        rows.apply(new SnapshotEnvelope<>(new Revision(-2), List.of(A, B)));
        rows.apply(new SnapshotEnvelope<>(new Revision(3), List.of(A, B)));
        assertThat(todos.revision()).isEqualTo(new Revision(3));
        TransactionHandle handle = todos.update("a", row -> row.withText("mine"));
        threads.runAll();
        backend.last().answer().complete(PersistResult.revision(new Revision(4)));

        assertThat(handle.snapshot().state()).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
    }

    @Test
    @DisplayName("MU-C4: a snapshot that came before the collection was opened is its initial data")
    void snapshotsBeforeTheCollection() {
        TopicRows<String, Todo> early = TopicRows.of("early");
        early.refresh(null);
        early.apply(new SnapshotEnvelope<>(new Revision(1), List.of(A)));
        early.apply(new SnapshotEnvelope<>(new Revision(2), List.of(B)));
        SyncedCollection<String, Todo> collection =
                collections.open(SyncConfig.ofTopic("early", Todo.ROWS, early).withMutationFn(backend));
        threads.runAll();

        assertThat(collection.data()).isEqualTo(Map.of("b", B));
        assertThat(collection.revision()).isEqualTo(new Revision(2));
    }
}
