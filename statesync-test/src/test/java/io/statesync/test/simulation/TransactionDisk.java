package io.statesync.test.simulation;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.RecoverySink;
import io.statesync.mutation.store.StoreEvent;
import io.statesync.mutation.store.StoreHealth;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A log of transactions on a disk that is forced now and then. A crash keeps what was forced, and of the rest a part; the last
 * record of that part may be torn. A disk that once failed a life of the process gives it nothing any more.
 */
final class TransactionDisk {

    private final SplittableRandom random;
    private final List<StoreEvent> written = new ArrayList<>();
    final Trouble trouble;
    private int forced;
    private boolean torn;
    private boolean failed;
    private boolean unreliable;

    TransactionDisk(SimulatedClock clock, SplittableRandom random) {
        this.random = random;
        this.trouble = new Trouble(clock, random.split());
    }

    /** Whether the present life of the process works without it. */
    boolean failed() {
        return failed;
    }

    /** Whether it ever failed a life of the process, or was too slow for what waits a second for it at most. */
    boolean unreliable() {
        return unreliable;
    }

    boolean hasForced(String transaction) {
        return written.subList(0, forced).stream()
                .anyMatch(event -> event instanceof StoreEvent.Created created
                        && created.transaction().id().equals(transaction));
    }

    void crash() {
        int kept = forced + random.nextInt(written.size() - forced + 1);
        torn = kept > forced && random.nextBoolean();
        written.subList(torn ? kept - 1 : kept, written.size()).clear();
        forced = written.size();
    }

    TransactionStorage seenBy(Life life) {
        failed = false;
        return new Seen(life);
    }

    private final class Seen implements TransactionStorage {

        private final Life life;
        private final TransactionStorage state = TransactionStorage.memory();
        private final TreeMap<Long, List<CompletableFuture<Void>>> waiting = new TreeMap<>();
        private long position;
        private long forcedPosition;
        private boolean forcing;

        Seen(Life life) {
            this.life = life;
        }

        @Override
        public boolean keepsBytes() {
            return false;
        }

        @Override
        public Recovery open(RecoverySink sink) throws TransactionStorageException {
            if (trouble.strikes()) {
                failed = true;
                unreliable = true;
                throw new TransactionStorageException("the disk is away", new Trouble.Planned("away"));
            }
            written.forEach(state::append);
            Recovery recovery = state.open(sink);
            if (torn) {
                sink.damaged(null, new Trouble.Planned("torn"));
            }
            torn = false;
            return recovery;
        }

        @Override
        public long append(StoreEvent event) {
            position++;
            if (!life.alive() || failed) {
                return position;
            }
            state.append(event);
            if (trouble.strikes()) {
                failed = true;
                unreliable = true;
                life.execute(this::fail);
                return position;
            }
            written.add(event);
            if (!forcing) {
                forcing = true;
                int most = trouble.present() ? 1_200_000_000 : random.nextInt(4) == 0 ? 20_000_000 : 1;
                int nanos = random.nextInt(most);
                unreliable |= nanos > 900_000_000;
                life.schedule(this::force, Duration.ofNanos(nanos));
            }
            return position;
        }

        private void force() {
            forcing = false;
            if (failed) {
                return;
            }
            forced = written.size();
            forcedPosition = position;
            Map<Long, List<CompletableFuture<Void>>> done = waiting.headMap(forcedPosition, true);
            List<List<CompletableFuture<Void>>> told = List.copyOf(done.values());
            done.clear();
            told.forEach(all -> all.forEach(waiter -> waiter.complete(null)));
        }

        private void fail() {
            List<List<CompletableFuture<Void>>> told = List.copyOf(waiting.values());
            waiting.clear();
            told.forEach(all -> all.forEach(waiter -> waiter.completeExceptionally(new Trouble.Planned("disk full"))));
        }

        @Override
        public CompletionStage<Void> durable(long wanted) {
            if (wanted <= forcedPosition) {
                return CompletableFuture.completedStage(null);
            }
            if (failed) {
                return CompletableFuture.failedStage(new Trouble.Planned("disk full"));
            }
            CompletableFuture<Void> waiter = new CompletableFuture<>();
            waiting.computeIfAbsent(wanted, first -> new ArrayList<>()).add(waiter);
            return waiter;
        }

        @Override
        public Stream<StoredTransaction> history(Query query) {
            return state.history(query);
        }

        @Override
        public long prune(Query query) {
            return 0;
        }

        @Override
        public StoreHealth health() {
            return new StoreHealth(!failed, failed ? "disk full" : null, position - forcedPosition);
        }

        @Override
        public void close() {
            // the disk outlives the process
        }
    }
}
