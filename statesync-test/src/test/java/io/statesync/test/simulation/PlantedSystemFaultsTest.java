package io.statesync.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.test.mutation.MutantLoader;
import io.statesync.test.simulation.PlantedSystemFaults.Fault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds a fault when the product is broken on purpose, in any of its parts. */
class PlantedSystemFaultsTest {

    private static final long SCHEDULES = 20_000;

    @BeforeAll
    static void silence() {
        Quiet.begin();
    }

    @AfterAll
    static void speak() {
        Quiet.end();
    }

    static List<Fault> faults() {
        return PlantedSystemFaults.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("EX-29: a planted fault is found")
    void aPlantedFaultIsFound(Fault fault) throws Exception {
        Method fails = mutant(fault).loadClass(Player.class.getName()).getDeclaredMethod("fails", long.class);
        fails.setAccessible(true);
        assertThat(seeds(fault).anyMatch(seed -> isFound(fails, seed)))
                .as("a schedule finds \"%s\"", fault.name())
                .isTrue();
    }

    private static LongStream seeds(Fault fault) {
        return LongStream.concat(LongStream.of(fault.seed()), LongStream.rangeClosed(1, SCHEDULES));
    }

    private static boolean isFound(Method fails, long seed) {
        try {
            return fails.invoke(null, seed) != null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClassLoader mutant(Fault fault) throws IOException {
        Path file = Path.of("..", "statesync-" + fault.module(), "src", "main", "java", "io", "statesync");
        String prefix = fault.module().equals("core") ? "" : fault.module() + ".";
        String type = prefix + fault.type();
        String source = Files.readString(file.resolve(type.replace('.', '/') + ".java"));
        assertThat(source.split(Pattern.quote(fault.original()), -1))
                .as("the line to break stands once in %s", type)
                .hasSize(2);
        return MutantLoader.of("io.statesync." + type, source.replace(fault.original(), fault.replacement()));
    }
}
