package io.statesync.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A main class in a JVM of its own, with this one's class path, that is killed as {@code kill -9} does. It says what it
 * acknowledges in lines on its standard output: a line that was written whole and flushed is here, whatever happens then.
 * Its standard error is this one's. Safe for use by any thread.
 */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Thread reader;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private ChildJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "child-" + process.pid());
        reader.setDaemon(true);
    }

    /** Starts it. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        ChildJvm child = new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        child.reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = out.read(); next >= 0; next = out.read()) {
                if (next == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the child's output was lost", e);
        } finally {
            ended.countDown();
        }
    }

    /** Waits until it has said a line that begins so, or has ended. Returns whether it has said it. */
    public boolean awaitLine(String beginning) {
        Patience.until(
                "the child says " + beginning + ", or ends",
                () -> said(beginning) || (!process.isAlive() && ended.getCount() == 0));
        return said(beginning);
    }

    /** Waits until it has said so many lines, or has ended. */
    public void awaitLines(int count) {
        Patience.until(
                "the child says " + count + " lines, or ends",
                () -> lines.size() >= count || (!process.isAlive() && ended.getCount() == 0));
    }

    private boolean said(String beginning) {
        return lines.stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** Kills it, and waits until it is gone and everything that it said is here. */
    public void kill() throws InterruptedException {
        // the process itself would close its output, and with it what was said and not read yet
        process.toHandle().destroyForcibly();
        process.waitFor();
        ended.await();
    }

    /** Waits for its end. Returns its exit value. */
    public int awaitEnd() throws InterruptedException {
        int exit = process.waitFor();
        ended.await();
        return exit;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** What it has said, whole lines only. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
