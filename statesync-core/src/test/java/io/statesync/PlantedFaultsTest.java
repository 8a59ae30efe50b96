package io.statesync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * EX-29, the other half: the simulation finds a fault when the engine is broken on purpose. Each mutant is the engine's own
 * source with one change, compiled in memory and simulated in a class loader of its own.
 */
class PlantedFaultsTest {

    private static final int SCHEDULES = 20_000;
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "statesync");

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "gate: an older snapshot is let through",
                        "Ledger",
                        "return !primed || forgotten || !isStale(bits);",
                        "return true;"),
                new Fault(
                        "coalescing: a second round begins beside the first",
                        "Slot",
                        "if (round != null || !engine.lifeCycle.open())",
                        "if (!engine.lifeCycle.open())"),
                new Fault(
                        "coalescing: a demand that was met fetches once more",
                        "Ledger",
                        "if (demand.present() && !unconfirmed && !behind())",
                        "if (false)"),
                new Fault(
                        "stop: a round of before the stop may begin",
                        "Slot",
                        "boolean current = round == entering && entering.stage == stage;",
                        "boolean current = true;"),
                new Fault(
                        "stop: the late result of a dropped fetch counts",
                        "Slot",
                        "return round == candidate && candidate.stage == Stage.FETCHING;",
                        "return true;"),
                new Fault(
                        "catch-up: a failed round is forgotten",
                        "Demand",
                        "addUrgent(RefreshCause.CATCH_UP);\n        return wait;",
                        "return wait;"),
                new Fault(
                        "link: a restored connection fetches nothing",
                        "Ledger",
                        "demand.addUrgent(RefreshCause.RECONNECT);",
                        "demand.rest();"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("EX-29: a planted fault is found")
    void aPlantedFaultIsFound(Fault fault) throws Exception {
        Class<?> simulation = mutant(fault).loadClass("io.statesync.Simulation");
        Method play = simulation.getDeclaredMethod("play", long.class);
        play.setAccessible(true);

        assertThatThrownBy(() -> playUntilItFails(play))
                .as(fault.name)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ");
    }

    record Fault(String name, String type, String original, String replacement) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static void playUntilItFails(Method play) throws Throwable {
        try {
            for (long seed = 1; seed <= SCHEDULES; seed++) {
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
        return new MutantLoader(compile(fault.type, source.replace(fault.original, fault.replacement)));
    }

    private static Map<String, byte[]> compile(String type, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                JavaFileManager inMemory = inMemory(files, compiled)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(problems, inMemory, null, options, null, List.of(sourceOf(type, source)))
                    .call();
            assertThat(done).as("the mutant compiles: %s", problems).isTrue();
        }
        Map<String, byte[]> classes = new HashMap<>();
        compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static JavaFileObject sourceOf(String type, String source) {
        return new SimpleJavaFileObject(
                URI.create("mem:///io/statesync/" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static JavaFileManager inMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> compiled) {
        return new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        compiled.put(name, bytes);
                        return bytes;
                    }
                };
            }
        };
    }

    /** Loads the project's classes anew, with the mutant in its place. */
    private static final class MutantLoader extends ClassLoader {

        private final Map<String, byte[]> mutants;

        MutantLoader(Map<String, byte[]> mutants) {
            super(PlantedFaultsTest.class.getClassLoader());
            this.mutants = mutants;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.statesync.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = mutants.get(name);
            try (InputStream original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes != null ? bytes : original == null ? null : original.readAllBytes();
                if (code == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
