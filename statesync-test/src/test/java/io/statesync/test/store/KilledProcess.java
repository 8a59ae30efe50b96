package io.statesync.test.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.Query;
import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoredTransaction;
import io.statesync.mutation.store.TransactionState;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.test.ChildJvm;
import io.statesync.test.RecordingSink;
import io.statesync.test.Transactions;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs an {@link AppendingProcess}, kills it, and compares what it has said with what is there. */
final class KilledProcess {

    private final String place;
    private final int writers;
    private final long seed = Long.getLong("statesync.store.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Long, String> acknowledged = new TreeMap<>();
    private int kills;
    private long restored;

    KilledProcess(String place, int writers) {
        this.place = place;
        this.writers = writers;
    }

    /** Starts it, kills it after some of its lines, and looks. */
    void runAndKill() throws Exception {
        try (ChildJvm child = ChildJvm.start(AppendingProcess.class, place, String.valueOf(writers))) {
            assertThat(child.awaitLine("OPEN")).as("it opens").isTrue();
            child.awaitLines(1 + random.nextInt(60));
            child.kill();
            Set<String> lines = new HashSet<>(child.lines());
            long before = lines.stream()
                    .filter(line -> line.startsWith("OPEN "))
                    .mapToLong(KilledProcess::number)
                    .findFirst()
                    .orElseThrow();
            assertThat(before).as("it knows all sequences").isGreaterThanOrEqualTo(largestAcknowledged());
            lines.stream()
                    .filter(line -> !line.startsWith("OPEN "))
                    .sorted()
                    .forEach(line -> acknowledged.merge(number(line), word(line), KilledProcess::later));
            kills++;
            verify(before);
        }
    }

    /** Compares everything that was ever acknowledged. */
    void verifyAll() throws Exception {
        verify(0);
        assertThat(acknowledged).as("acknowledged, seed %d", seed).isNotEmpty();
    }

    private void verify(long after) throws Exception {
        try (TransactionStorage storage = AppendingProcess.storage(place)) {
            RecordingSink sink = new RecordingSink();
            Recovery recovery = storage.open(sink);
            restored += recovery.restored();
            assertThat(recovery.damaged()).as("damaged, seed %d", seed).isZero();
            assertThat(sink.restored())
                    .extracting(StoredTransaction::sequence)
                    .isSorted()
                    .doesNotHaveDuplicates();
            int count = (int) (recovery.lastSequence() - after);
            if (count > 0) {
                try (Stream<StoredTransaction> history = storage.history(Query.ALL.newest(count))) {
                    compare(after, history.collect(Collectors.toMap(StoredTransaction::sequence, Function.identity())));
                }
            } else {
                assertThat(largestAcknowledged()).isLessThanOrEqualTo(after);
            }
        }
    }

    private void compare(long after, Map<Long, StoredTransaction> there) {
        for (StoredTransaction transaction : there.values()) {
            assertThat(transaction.mutations())
                    .as("whole, seed %d", seed)
                    .usingRecursiveComparison()
                    .isEqualTo(
                            AppendingProcess.transaction(transaction.sequence()).mutations());
            if (transaction.state() == TransactionState.FAILED) {
                long first = transaction.sequence() / 10 * 10;
                for (int i = 0; i < AppendingProcess.GROUP; i++) {
                    assertThat(there.get(first + i).state())
                            .as("failed together, seed %d", seed)
                            .isEqualTo(TransactionState.FAILED);
                }
            }
        }
        acknowledged.forEach((sequence, word) -> {
            if (sequence > after) {
                assertThat(there).as("%s %d, seed %d", word, sequence, seed).containsKey(sequence);
                assertThat(there.get(sequence).id()).isEqualTo(Transactions.id(sequence));
                assertThat(there.get(sequence).state())
                        .as("%s %d, seed %d", word, sequence, seed)
                        .isIn(allowed(word));
            }
        });
    }

    private static Set<TransactionState> allowed(String word) {
        return switch (word) {
            case "CREATED" -> Set.of(TransactionState.values());
            case "PERSISTED" -> Set.of(TransactionState.PERSISTED_AWAITING_SYNC, TransactionState.COMPLETED);
            case "FAILED" -> Set.of(TransactionState.FAILED);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private long largestAcknowledged() {
        return acknowledged.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static String later(String one, String other) {
        return one.equals("CREATED") ? other : one;
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private static String word(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** What was done. */
    String report() {
        return "%d kills with -9: %d transactions acknowledged, all there; %d restored; seed %d"
                .formatted(kills, acknowledged.size(), restored, seed);
    }
}
