package io.statesync.autoconfigure.fabric;

import io.statesync.Revision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A {@link FabricSource} that runs, and what it has said so far. */
final class SourceProcess implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private SourceProcess(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "output of a source");
        reader.setDaemon(true);
        reader.start();
    }

    static SourceProcess start(List<String> properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FabricSource.class.getName()));
        properties.forEach(it -> command.add("--" + it));
        return new SourceProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("a source has ended:\n" + output());
        }
        return count("ready"::equals) == 1;
    }

    /** Where its web server listens. */
    String port() {
        return lines.stream()
                .filter(line -> line.startsWith("port "))
                .map(line -> line.substring("port ".length()))
                .findFirst()
                .orElseThrow();
    }

    void edit(int count, long seed) {
        orders.println(count + " " + seed);
    }

    /** How many orders it has finished. */
    int done() {
        return count("done"::equals);
    }

    /** How many edits failed, and were made again. */
    int failed() {
        return count(line -> line.startsWith("failed "));
    }

    List<Edit> edits() {
        return lines.stream()
                .filter(line -> line.startsWith("edit "))
                .map(line -> line.split(" "))
                .map(word -> new Edit(word[1], Long.parseLong(word[2]), Revision.parse(word[3])))
                .toList();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private int count(Predicate<String> wanted) {
        return (int) lines.stream().filter(wanted).count();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("the output ends with " + e);
        }
    }

    record Edit(String topic, long number, Revision revision) {}
}
