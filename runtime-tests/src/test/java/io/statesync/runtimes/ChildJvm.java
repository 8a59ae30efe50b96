package io.statesync.runtimes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application in a JVM of its own, whose output is read line by line, and shown if something fails. */
final class ChildJvm implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final PrintStream input;

    /** Guarded by itself. */
    private final List<String> output = new ArrayList<>();

    private final Thread reader = new Thread(this::read, "output of a child");

    private boolean ended; // guarded by output

    private ChildJvm(List<String> command) {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        reader.setDaemon(true);
        reader.start();
    }

    static ChildJvm start(ClassPath classPath, List<String> jvmArguments, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath.toString()));
        command.addAll(jvmArguments);
        command.add(main);
        command.addAll(arguments);
        return new ChildJvm(command);
    }

    /** Writes a line to its standard input. */
    void tell(String line) {
        input.println(line);
    }

    /** Ends its standard input. */
    void tellNoMore() {
        input.close();
    }

    /** The rest of the first line that begins so; waits for it. */
    String awaitLine(String beginning) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (output) {
            int next = 0;
            while (true) {
                for (; next < output.size(); next++) {
                    if (output.get(next).startsWith(beginning)) {
                        return output.get(next).substring(beginning.length()).strip();
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("no line \"" + beginning + "...\" in the output:\n" + output());
                }
                await(left);
            }
        }
    }

    /** Waits until it has ended, and all of its output is here. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it goes on, after this output:\n" + output());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as an operator does (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitExit();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("the output ends with " + e);
        } finally {
            synchronized (output) {
                ended = true;
                output.notifyAll();
            }
        }
    }

    private void add(String line) {
        synchronized (output) {
            output.add(line);
            output.notifyAll();
        }
    }

    private void await(long millis) {
        try {
            output.wait(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", cause);
    }
}
