package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.SyncErrorContext;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.TransactionState;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MUTATIONS 1.10 and 7: history, listeners, and what is done about failures. */
class HistoryTest {

    private static final Todo A = Todo.of("a", "A");

    private final List<MutationTransaction> deadLetters = new ArrayList<>();
    private final World world = World.with(
            settings -> settings.historyCached(2)
                    .failureHandler(deadLetters::add)
                    .failureHandler(letter -> {
                        throw new IllegalStateException("handler");
                    }),
            config -> config,
            A,
            Todo.of("b", "B"));

    private TransactionHandle refused(String key) {
        TransactionHandle handle = world.edit(key, "refused");
        world.fail(handle, new NonRetriableException("no"));
        return handle;
    }

    @Test
    @DisplayName("MU-H1: nothing is pruned by itself, active ones never, and what is asked for is")
    void pruning() {
        for (int i = 0; i < 5; i++) {
            world.ok(world.edit("a", "A" + i));
        }
        TransactionHandle active = world.edit("a", "active");
        assertThat(world.collections.transactions().history(Query.ALL)).hasSize(6);

        assertThat(world.collections.transactions().prune(Query.ALL)).isEqualTo(5);

        assertThat(world.collections.transactions().history(Query.ALL))
                .extracting(MutationTransaction::id)
                .containsExactly(active.id());
        assertThat(world.collections.transactions().prune(Query.ALL)).isZero();
    }

    @Test
    @DisplayName("MU-H2: active and former ones are found by state, collection and key")
    void queries() {
        TransactionHandle refused = refused("a");
        TransactionHandle done = world.edit("b", "B2");
        world.ok(done);
        TransactionHandle active = world.edit("b", "B3");
        Transactions transactions = world.collections.transactions();

        assertThat(transactions.active()).extracting(MutationTransaction::id).containsExactly(active.id());
        assertThat(transactions.history(Query.ALL.inState(TransactionState.FAILED)))
                .extracting(MutationTransaction::id)
                .containsExactly(refused.id());
        assertThat(transactions.history(Query.ALL.ofCollection("todos").ofKey("b")))
                .extracting(MutationTransaction::id)
                .containsExactly(done.id(), active.id());
        assertThat(transactions.history(Query.ALL.ofCollection("nothing"))).isEmpty();
        assertThat(transactions.history(Query.ALL.before(HandTime.BEGIN))).isEmpty();
        assertThat(transactions.find(refused.id()).orElseThrow().error().error())
                .isInstanceOf(NonRetriableException.class);
        assertThat(transactions.handle(active.id()).orElseThrow().snapshot()).isEqualTo(active.snapshot());
    }

    @Test
    @DisplayName("MU-H3: a listener that throws harms nobody, and one that left hears nothing more")
    void listeners() {
        List<TransactionState> heard = new ArrayList<>();
        world.collections.transactions().subscribe(new TransactionListener() {
            @Override
            public void onTransition(TransactionEvent event) {
                throw new IllegalStateException("listener");
            }
        });
        Transactions.Registration registration = world.collections
                .transactions()
                .subscribe(new TransactionListener() {
                    @Override
                    public void onTransition(TransactionEvent event) {
                        heard.add(event.to());
                    }
                });
        world.ok(world.edit("a", "A2"));
        registration.close();
        world.edit("b", "B2");

        assertThat(heard)
                .containsExactly(TransactionState.PENDING, TransactionState.PERSISTING, TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MU-H3: a listener may mutate, and one that is too slow is told how much it lost")
    void reentryAndOverflow() {
        List<Long> lost = new ArrayList<>();
        world.collections.transactions().subscribe(new TransactionListener() {
            @Override
            public void onTransition(TransactionEvent event) {
                if (event.to() == TransactionState.COMPLETED && world.todos.get("echo") == null) {
                    world.todos.insert(Todo.of("echo", "x"));
                }
            }

            @Override
            public void onOverflow(long count) {
                lost.add(count);
            }
        });
        world.ok(world.edit("a", "A2"));
        assertThat(world.text("echo")).isEqualTo("x");

        for (int i = 0; i < 10_100; i++) {
            world.todos.insert(Todo.of("n" + i, "x"), MutationOption.strategy(MutationStrategy.PARALLEL));
        }
        world.run();
        world.edit("a", "A3");
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0)).isGreaterThan(99);
    }

    @Test
    @DisplayName("MU-H4: each failed attempt is reported with its phase, and the failed ones go to the handlers")
    void failuresAreReported() {
        TransactionHandle handle = world.edit("a", "A2");
        world.fail(handle, new IllegalStateException("first"));
        world.advance(Duration.ofSeconds(1));
        world.fail(handle, new NonRetriableException("second"));

        assertThat(world.errors).extracting(error -> error.phase().tag()).containsExactly("persist", "persist");
        assertThat(world.errors).extracting(SyncErrorContext::willRetry).containsExactly(true, false);
        assertThat(world.errors).extracting(SyncErrorContext::attempt).containsExactly(1, 2);
        assertThat(deadLetters).extracting(MutationTransaction::id).containsExactly(handle.id());
        assertThat(deadLetters.get(0).attempts()).hasSize(2);
    }

    @Test
    @DisplayName("MU-T5: a refused one is submitted again under a new key, over what is visible now")
    void resubmitAfterARefusal() {
        TransactionHandle refused = refused("a");
        world.source.upsert(A.withCount(9));
        TransactionHandle again = world.collections.transactions().resubmit(refused.id());
        world.run();

        assertThat(again.snapshot().idempotencyKey())
                .isNotEqualTo(refused.snapshot().idempotencyKey());
        assertThat(world.todos.get("a")).isEqualTo(new Todo("a", "refused", 9));
        world.ok(again);
        assertThatThrownBy(() -> world.collections.transactions().resubmit(again.id()))
                .hasMessageContaining("no failed transaction");
    }

    @Test
    @DisplayName("MU-T5: one whose outcome is unknown keeps its key when it is submitted again")
    void resubmitAfterExhaustion() {
        TransactionHandle handle = world.todos.mutate(
                scope -> scope.insert(Todo.of("c", "C")).delete("b").update("a", row -> row.withCount(3)));
        for (int attempt = 0; attempt < 5; attempt++) {
            world.run();
            world.fail(handle, new IllegalStateException("away"));
            world.advance(Duration.ofSeconds(8));
        }
        assertThat(World.state(handle)).isEqualTo(TransactionState.FAILED);

        TransactionHandle again = world.collections.transactions().resubmit(handle.id());

        assertThat(again.snapshot().idempotencyKey())
                .isEqualTo(handle.snapshot().idempotencyKey());
        assertThat(again.id()).isNotEqualTo(handle.id());
        assertThat(world.todos.data()).containsOnlyKeys("a", "c");
    }
}
