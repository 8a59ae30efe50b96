package io.statesync.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.statesync.SyncPhase;
import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.policy.NonRetriableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** MUTATIONS 1.9 and 5: what is on disk before what. */
class StorageTest {

    private static final Todo A = Todo.of("a", "A");

    private final HandStorage disk = HandStorage.slow();

    private World world(TransactionStorage storage) {
        World world = World.loading(storage);
        world.source.initial(A, Todo.of("b", "B"));
        world.run();
        return world;
    }

    @Test
    @DisplayName("MU-R1, MU-D1: persist is not called before the transaction and the attempt are durable")
    void durableFirst() {
        World world = world(disk);
        TransactionHandle handle = world.edit("a", "A2");
        assertThat(world.backend.calls).isEmpty();
        CompletableFuture<MutationTransaction> durable = handle.durable().toCompletableFuture();
        assertThat(durable).isNotDone();
        assertThat(disk.kinds()).containsExactly("Created", "AttemptStarted");

        disk.force();
        world.run();

        assertThat(durable).isCompleted();
        assertThat(world.backend.calls).hasSize(1);
    }

    @Test
    @DisplayName("MU-D8: who waits is not sent before the success of the one before it is durable")
    void followersComeAfterTheForce() {
        World world = world(disk);
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        disk.force();
        world.run();
        world.ok(first);

        assertThat(World.state(first)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.backend.calls).hasSize(1);
        assertThat(disk.kinds().subList(3, disk.log.size()))
                .containsExactly("Persisted", "Completed", "AttemptStarted");
        assertThat(first.persisted().toCompletableFuture()).isNotDone();
        disk.force();
        world.run();
        assertThat(world.backend.last().id()).isEqualTo(second.id());
        assertThat(first.persisted().toCompletableFuture()).isCompleted();
    }

    @Test
    @DisplayName("MU-R1: a retry is not sent before its attempt is durable")
    void retriesAreDurableToo() {
        World world = world(disk);
        TransactionHandle handle = world.edit("a", "A2");
        disk.force();
        world.run();
        world.fail(handle, new IllegalStateException("no"));
        world.advance(Duration.ofSeconds(1));
        assertThat(world.backend.calls).hasSize(1);
        disk.force();
        world.run();
        assertThat(world.backend.calls).hasSize(2);
    }

    @Test
    @DisplayName(
            "MU-O7, MU-D12: a failure and all that fall with it are one record, told when it is durable or after a second")
    void failuresAreToldWhenDurable() {
        World world = world(disk);
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("a", "A3");
        disk.force();
        world.run();
        world.fail(first, new NonRetriableException("no"));

        assertThat(world.text("a")).isEqualTo("A");
        assertThat(disk.log.get(disk.log.size() - 1)).isInstanceOfSatisfying(StoreEvent.Failed.class, failed -> {
            assertThat(failed.root().transactionId()).isEqualTo(first.id());
            assertThat(failed.dependents()).singleElement().satisfies(dependent -> {
                assertThat(dependent.transactionId()).isEqualTo(second.id());
                assertThat(dependent.error().transactionId()).isEqualTo(first.id());
            });
        });
        assertThat(first.completed().toCompletableFuture()).isNotDone();
        assertThat(world.told(first)).doesNotContain(TransactionState.FAILED);
        world.advance(Duration.ofSeconds(1));
        assertThat(first.completed().toCompletableFuture()).isCompletedExceptionally();
        assertThat(world.told(second)).contains(TransactionState.FAILED);
        disk.force();
        world.run();
        assertThat(world.told(second)).containsOnlyOnce(TransactionState.FAILED);
    }

    @Test
    @DisplayName("MU-D2: a storage that cannot be opened is reported, at error too, and the work goes on in memory")
    void unopenable() {
        disk.unopenable = new TransactionStorageException("disk full", null);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Journal.class);
        lines.start();
        logger.addAppender(lines);
        World world = world(disk);
        logger.detachAppender(lines);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).contains("cannot be opened", "in memory only");
        });
        TransactionHandle handle = world.edit("a", "A2");

        assertThat(world.errors(SyncPhase.STORE)).hasSize(1);
        assertThat(world.collections.storeHealth().problem()).contains("disk full");
        assertThat(world.collections.storeHealth().durable()).isFalse();
        assertThat(world.backend.calls).hasSize(1);
        assertThatThrownBy(() -> {
                    var durable = handle.durable().toCompletableFuture();
                    world.run();
                    durable.join();
                })
                .hasRootCauseMessage("disk full");
        world.ok(handle);
        assertThat(World.state(handle)).isEqualTo(TransactionState.COMPLETED);
        assertThat(world.collections.transactions().history(Query.ALL)).hasSize(1);
        assertThat(disk.log).isEmpty();
    }

    @Test
    @DisplayName("MU-D2: a storage that breaks down later is reported once, and persist goes on")
    void breakingDown() {
        World world = world(disk);
        TransactionHandle first = world.edit("a", "A2");
        TransactionHandle second = world.edit("b", "B2");
        var durable = first.durable().toCompletableFuture();
        disk.breakDown(new IllegalStateException("disk gone"));
        world.run();

        assertThat(world.backend.calls).hasSize(2);
        assertThat(durable).isCompletedExceptionally();
        assertThat(world.errors(SyncPhase.STORE)).hasSize(1);
        assertThat(World.state(second)).isEqualTo(TransactionState.PERSISTING);
    }

    @Test
    @DisplayName("MC-01: what was appended is there after reopening; history and pruning work on it")
    void reopening() {
        TransactionStorage storage = TransactionStorage.memory();
        World world = world(storage);
        List<TransactionHandle> handles = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            handles.add(world.edit("a", "A" + i));
        }
        world.ok(handles.get(0));
        storage.close();

        World next = World.loading(storage);
        assertThat(next.collections.transactions().active()).hasSize(2);
        assertThat(storage.history(Query.ALL.inState(TransactionState.COMPLETED)))
                .extracting(StoredTransaction::id)
                .containsExactly(handles.get(0).id());
        assertThat(storage.prune(Query.ALL.ofKey("nobody"))).isZero();
        assertThat(storage.history(Query.ALL.ofCollection("todos").newest(1)))
                .extracting(StoredTransaction::id)
                .containsExactly(handles.get(2).id());
    }

    @Test
    @DisplayName("MC-13: terminal transactions stay in the storage")
    void terminalOnesStay() {
        World world = world(disk);
        TransactionHandle handle = world.edit("a", "A2");
        disk.force();
        world.run();
        world.ok(handle);

        assertThat(disk.byId().get(handle.id()).state()).isEqualTo(TransactionState.COMPLETED);
    }

    @Test
    @DisplayName("MU-D1: a storage that keeps bytes needs a codec, and the collection says so")
    void needsACodec() {
        HandStorage bytes = HandStorage.quick();
        bytes.bytes = true;
        assertThatThrownBy(() -> World.loading(bytes)).hasMessageContaining("withCodec");

        World world = World.on(bytes, new HandTime(), settings -> {}, config -> config.withCodec(new TodoCodec(2)));
        world.source.initial(A);
        world.edit("a", "A2");
        StoreEvent.Created created = (StoreEvent.Created) bytes.log.get(0);
        assertThat(created.transaction().mutations().get(0).modified().bytes())
                .asString()
                .isEqualTo("a|A2|0");
        assertThat(created.transaction().mutations().get(0).changed()).containsExactly("text");
    }
}
