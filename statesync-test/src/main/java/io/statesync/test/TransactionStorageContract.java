package io.statesync.test;

import static io.statesync.test.Transactions.at;
import static io.statesync.test.Transactions.attempt;
import static io.statesync.test.Transactions.bytes;
import static io.statesync.test.Transactions.ended;
import static io.statesync.test.Transactions.id;
import static io.statesync.test.Transactions.inserted;
import static io.statesync.test.Transactions.insertion;
import static io.statesync.test.Transactions.pending;
import static io.statesync.test.Transactions.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreEvent.AttemptFailed;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Coalesced;
import io.statesync.mutation.store.StoreEvent.Completed;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoreEvent.Failed;
import io.statesync.mutation.store.StoreEvent.Failure;
import io.statesync.mutation.store.StoreEvent.Persisted;
import io.statesync.mutation.store.StoreEvent.Rewritten;
import io.statesync.mutation.store.StoredError;
import io.statesync.mutation.store.StoredMutation;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transaction storage gives back (MUTATIONS 1.9), each event and each state of recovery. */
@Timeout(120)
public abstract class TransactionStorageContract extends TransactionStorageTestBed {

    @Test
    @DisplayName("MC-01: an empty store opens empty, and what is appended comes back when it is opened again")
    void whatIsAppendedComesBack() throws Exception {
        Recovery first = reopen();
        assertThat(first).isEqualTo(new Recovery(0, 0, 0));

        append(new Created(inserted(1)));
        Recovery second = reopen();
        assertThat(second).isEqualTo(new Recovery(1, 1, 0));
        assertThat(restored()).usingRecursiveComparison().isEqualTo(List.of(inserted(1)));
    }

    @Test
    @DisplayName("MU-D1, MU-D3: active transactions come back in the order of their sequence, with everything they had")
    void activeTransactionsComeBackInOrderWithEverything() throws Exception {
        reopen();
        StoredTransaction several = pending(
                3,
                List.of(
                        insertion("todos", "a", bytes("é 漢字 \0 🎈")),
                        update("lists", "b", new byte[] {0, 1, -1}, bytes("after"))));
        for (StoredTransaction created : List.of(inserted(1), inserted(2), several)) {
            storage().append(new Created(created));
        }
        append(new Created(inserted(7)));

        Recovery recovery = reopen();

        assertThat(recovery.lastSequence()).isEqualTo(7);
        assertThat(restored())
                .usingRecursiveComparison()
                .isEqualTo(List.of(inserted(1), inserted(2), several, inserted(7)));
    }

    @Test
    @DisplayName("MU-D1: a row of two megabytes comes back as it was")
    void aLargeRowComesBackAsItWas() throws Exception {
        byte[] row = new byte[2 << 20];
        new Random(42).nextBytes(row);
        reopen();
        append(new Created(inserted(1, "todos", "large", row)));

        reopen();

        assertThat(restored().get(0).mutations().get(0).modified().bytes()).isEqualTo(row);
    }

    @Test
    @DisplayName("MC-09, MU-D1: one that waited and took in another comes back as it is then")
    void oneThatTookInAnotherComesBackAsItIsThen() throws Exception {
        reopen();
        List<StoredMutation> wider =
                List.of(update("todos", "a", bytes("before"), bytes("after")), insertion("lists", "b", bytes("new")));
        append(new Created(inserted(1)));
        append(new Coalesced(id(1), wider, at(1, 1)));
        storage().append(new Created(inserted(2)));
        append(new Coalesced(id(2), wider, at(2, 1)));
        append(new Coalesced(id(2), List.of(wider.get(1)), at(2, 2)));

        reopen();
        assertThat(restored())
                .usingRecursiveComparison()
                .isEqualTo(
                        List.of(inserted(1).with(wider, at(1, 1)), inserted(2).with(List.of(wider.get(1)), at(2, 2))));
        append(new AttemptStarted(id(1), attempt(1, 1)));
        reopen();
        assertThat(restored().get(0).mutations()).usingRecursiveComparison().isEqualTo(wider);
    }

    @Test
    @DisplayName("MU-D5, MU-D12: a success that gives rows another key says so of all that wait, in one record")
    void aSuccessThatGivesRowsAnotherKey() throws Exception {
        reopen();
        List<StoredMutation> renamed = List.of(update("todos", "77", bytes("before"), bytes("after")));
        append(new Created(inserted(1)));
        append(new Created(inserted(2)));
        append(new AttemptStarted(id(1), attempt(1, 1)));
        List<Rewritten> rewritten = List.of(new Rewritten(id(1), renamed), new Rewritten(id(2), renamed));
        append(new Persisted(id(1), ended(1, 1, null), Map.of(), at(1, 3), rewritten));

        reopen();
        assertThat(restored())
                .extracting(StoredTransaction::state)
                .containsExactly(TransactionState.PERSISTED_AWAITING_SYNC, TransactionState.PENDING);
        assertThat(restored())
                .allSatisfy(one ->
                        assertThat(one.mutations()).usingRecursiveComparison().isEqualTo(renamed));
    }

    @Test
    @DisplayName("MU-D4: an attempt that was begun comes back open, with those before it")
    void anAttemptThatWasBegunComesBackOpen() throws Exception {
        reopen();
        StoredError error = new StoredError(null, "java.io.IOException", "no route");
        storage().append(new Created(inserted(1)));
        storage().append(new AttemptStarted(id(1), attempt(1, 1)));
        append(new AttemptFailed(id(1), ended(1, 1, error), at(1, 2)));
        append(new AttemptStarted(id(1), attempt(1, 2)));

        reopen();

        StoredTransaction back = restored().get(0);
        assertThat(back.state()).isEqualTo(TransactionState.PERSISTING);
        assertThat(back.attempts()).containsExactly(ended(1, 1, error), attempt(1, 2));
        assertThat(back.updatedAt()).isEqualTo(attempt(1, 2).startedAt());
    }

    @Test
    @DisplayName("MU-D5: what was persisted comes back as such, with the revisions that it returned")
    void whatWasPersistedComesBackWithItsRevisions() throws Exception {
        reopen();
        Map<String, Revision> revisions = Map.of("todos", Revision.MAX, "lists", new Revision(7));
        append(new Created(inserted(1)));
        append(new AttemptStarted(id(1), attempt(1, 1)));
        append(new Persisted(id(1), ended(1, 1, null), revisions, at(1, 3)));

        reopen();

        StoredTransaction back = restored().get(0);
        assertThat(back.state()).isEqualTo(TransactionState.PERSISTED_AWAITING_SYNC);
        assertThat(back.revisions()).isEqualTo(revisions);
        assertThat(back.attempts()).containsExactly(ended(1, 1, null));
    }

    @Test
    @DisplayName(
            "MU-D6: completed and failed transactions are history only; dependents fail with the first, or not at all")
    void terminalTransactionsAreHistoryOnly() throws Exception {
        reopen();
        LongStream.rangeClosed(1, 5).forEach(sequence -> storage().append(new Created(inserted(sequence))));
        storage().append(new Completed(id(1), true, at(1, 1)));
        StoredError refused = new StoredError(null, "Refused", "no");
        StoredError dependency = new StoredError(id(2), "DependencyFailed", "no");
        append(new Failed(
                new Failure(id(2), refused),
                List.of(new Failure(id(3), dependency), new Failure(id(4), dependency)),
                at(5, 1)));

        Recovery recovery = reopen();

        assertThat(recovery.restored()).isEqualTo(1);
        assertThat(ids()).containsExactly(id(5));
        List<StoredTransaction> all = history();
        assertThat(all)
                .extracting(StoredTransaction::state)
                .containsExactly(
                        TransactionState.COMPLETED,
                        TransactionState.FAILED,
                        TransactionState.FAILED,
                        TransactionState.FAILED,
                        TransactionState.PENDING);
        assertThat(all.get(0).syncConfirmed()).isTrue();
        assertThat(all.get(1).error()).isEqualTo(refused);
        assertThat(all.get(3).error()).isEqualTo(dependency);
    }

    @Test
    @DisplayName("MU-D12: a whole life that is appended at once is stored as a whole life")
    void aWholeLifeAtOnce() throws Exception {
        reopen();
        for (int round = 0; round < 200; round++) {
            long sequence = round + 1;
            storage().append(new Created(inserted(sequence)));
            storage().append(new AttemptStarted(id(sequence), attempt(sequence, 1)));
            storage()
                    .append(new Persisted(
                            id(sequence),
                            ended(sequence, 1, null),
                            Map.of("todos", new Revision(sequence)),
                            at(sequence, 2)));
            storage().append(new Completed(id(sequence), sequence % 2 == 0, at(sequence, 3)));
        }
        append(new Created(inserted(1_000)));

        reopen();

        assertThat(ids()).containsExactly(id(1_000));
        assertThat(history())
                .hasSize(201)
                .allSatisfy(transaction -> assertThat(transaction.attempts())
                        .hasSize(transaction.state() == TransactionState.COMPLETED ? 1 : 0));
    }

    @Test
    @DisplayName("MU-D8: what is durable is everything up to its position, whoever else appends")
    void durableIsEverythingUpToItsPosition() throws Exception {
        reopen();
        AtomicLong sequence = new AtomicLong();
        List<Caller> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            callers.add(Caller.of(() -> IntStream.range(0, 50).forEach(round -> appendOne(sequence))));
        }
        for (Caller caller : callers) {
            caller.awaitEnd();
        }

        assertThat(history()).hasSize(400);
        assertThat(storage().health().lag()).isZero();
        reopen();
        assertThat(ids())
                .isEqualTo(LongStream.rangeClosed(1, 400)
                        .mapToObj(Transactions::id)
                        .toList());
    }

    private void appendOne(AtomicLong sequence) {
        long position;
        synchronized (sequence) {
            position = storage().append(new Created(inserted(sequence.incrementAndGet())));
        }
        await(position);
    }

    @Test
    @DisplayName("MU-D6: steps of transactions that are not known are ignored")
    void stepsOfUnknownTransactionsAreIgnored() throws Exception {
        reopen();
        for (StoreEvent event : List.of(
                new AttemptStarted("nobody", attempt(9, 1)),
                new Completed("nobody", true, at(9, 1)),
                new Failed(new Failure("nobody", new StoredError(null, "X", "x")), List.of(), at(9, 2)))) {
            append(event);
        }

        assertThat(history()).isEmpty();
        assertThat(Set.copyOf(ids())).isEmpty();
    }
}
