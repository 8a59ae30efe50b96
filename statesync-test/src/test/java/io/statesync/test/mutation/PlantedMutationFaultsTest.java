package io.statesync.test.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The random histories find a fault when the engine of mutations is broken on purpose. Each mutant is the engine's own
 * source with one change, compiled in memory and played in a class loader of its own.
 */
class PlantedMutationFaultsTest {

    private static final int HISTORIES = 20_000;
    private static final Path SOURCES =
            Path.of("..", "statesync-mutation", "src", "main", "java", "io", "statesync", "mutation");

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "composition: an update brings its whole row, not what it changes",
                        "Change",
                        "return rows.model.patch(current, changes);",
                        "return modified;"),
                new Fault(
                        "cascade: who waits for one that waits goes on",
                        "Endings",
                        "open.addAll(tx.followers);",
                        "open.addAll(tx == root ? tx.followers : List.of());"),
                new Fault(
                        "floor: a snapshot from before the write is taken",
                        "RowSlot",
                        "return !floors.isEmpty();",
                        "return false;"),
                new Fault(
                        "recovery: what the backend took is sent once more",
                        "Restoring",
                        "return transaction.state() == TransactionState.PERSISTED_AWAITING_SYNC;",
                        "return false;"),
                new Fault(
                        "coalescing: one goes past what came between",
                        "Coalescer",
                        "return there.isEmpty() || there.get(there.size() - 1).tx.sequence <= tx.sequence;",
                        "return true;"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("MU-V2, MU-O7, MU-V3, MU-D5, MC-09: a planted fault is found")
    void aPlantedFaultIsFound(Fault fault) throws Exception {
        Class<?> histories = mutant(fault).loadClass(RandomHistoriesTest.class.getName());
        Method play = histories.getDeclaredMethod("play", long.class);
        play.setAccessible(true);

        assertThatThrownBy(() -> playUntilItFails(play))
                .as(fault.name)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ")
                .hasMessageContaining("the model has");
    }

    record Fault(String name, String type, String original, String replacement) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static void playUntilItFails(Method play) throws Throwable {
        try {
            for (long seed = 1; seed <= HISTORIES; seed++) {
                play.invoke(null, seed);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static ClassLoader mutant(Fault fault) throws IOException {
        String source = Files.readString(SOURCES.resolve(fault.type + ".java"));
        assertThat(source.split(Pattern.quote(fault.original), -1))
                .as("the line to break stands once in %s", fault.type)
                .hasSize(2);
        return MutantLoader.of(
                "io.statesync.mutation." + fault.type, source.replace(fault.original, fault.replacement));
    }
}
