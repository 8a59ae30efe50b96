package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What can be watched beside transitions, and what that costs nobody who does not watch. */
class TimingsTest {

    private static final Todo A = Todo.of("a", "A");
    private static final Todo B = Todo.of("b", "B");

    private final List<Long> mutated = new ArrayList<>();
    private final List<Long> locked = new ArrayList<>();

    @Test
    @DisplayName("MU-M1: mutations and steps are timed by the scheduler, after the lock is given back")
    void timed() {
        World[] its = new World[1];
        World world = World.with(
                settings -> settings.timings(new MutationTimings() {
                    @Override
                    public void mutated(long nanos) {
                        mutated.add(nanos);
                    }

                    @Override
                    public void locked(long nanos) {
                        locked.add(nanos);
                    }
                }),
                config -> config.withStrategy(MutationStrategy.<Todo>parallel((synced, pending) -> {
                    its[0].time.advance(Duration.ofMillis(7), () -> {});
                    return synced;
                })),
                A,
                B);
        its[0] = world;
        locked.clear();

        world.todos.update("a", row -> row.withText("A2"));
        assertThat(mutated).containsExactly(Duration.ofMillis(7).toNanos());
        assertThat(locked).containsExactly(Duration.ofMillis(7).toNanos());
        world.run();
        assertThat(locked).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("MU-L3, MU-H2: what is optimistic, what is held back, and what is remembered can be counted")
    void counted() {
        World world = World.with(settings -> settings.historyCached(1), config -> config, A, B);
        TransactionHandle edit = world.edit("a", "A2");
        world.todos.delete("b");
        world.run();
        world.source.all(A.withText("theirs"), Todo.of("c", "C"));
        assertThat(world.todos.statistics()).isEqualTo(new CollectionStatistics(2, 2, 2));
        assertThat(world.collections.transactions().cached()).isZero();

        world.ok(edit);
        assertThat(world.todos.statistics()).isEqualTo(new CollectionStatistics(2, 1, 1));
        world.ok(world.edit("c", "C2"));
        assertThat(world.collections.transactions().cached())
                .as("in memory all of them stay in the heap")
                .isEqualTo(2);
    }

    @Test
    @DisplayName("MU-D3, MU-D4, MU-D5: what was restored is told as such, with the attempt that was interrupted")
    void restored() {
        HandStorage disk = HandStorage.quick();
        World before = World.loading(disk);
        before.source.initial(A, B);
        TransactionHandle sent = before.edit("a", "A2");
        TransactionHandle behind = before.edit("a", "A3");
        TransactionHandle done = before.edit("b", "B2");
        before.ok(done, 9);
        List<MutationTransaction> told = new ArrayList<>();
        World.on(
                disk.afterCrash(disk.log.size()),
                new HandTime(),
                settings -> settings.listener(new TransactionListener() {
                    @Override
                    public void onRestored(MutationTransaction transaction) {
                        told.add(transaction);
                    }
                }),
                config -> config);

        assertThat(told)
                .extracting(MutationTransaction::id)
                .containsExactlyInAnyOrder(done.id(), sent.id(), behind.id());
        assertThat(told)
                .filteredOn(it -> it.id().equals(sent.id()))
                .singleElement()
                .satisfies(it -> assertThat(it.attempts().get(0).interrupted()).isTrue());
        assertThat(told)
                .filteredOn(it -> it.id().equals(behind.id()))
                .singleElement()
                .satisfies(it -> assertThat(it.attempts()).isEmpty());
    }
}
