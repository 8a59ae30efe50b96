package io.statesync.spring.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own, which can be killed, and started again at the same port. */
public final class ArtemisServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final int port;
    private @Nullable Process process;
    private BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    public ArtemisServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    public int port() {
        return port;
    }

    public boolean isRunning() {
        return process != null;
    }

    /** Starts it, and returns when it takes connections. */
    public void start() {
        try {
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ArtemisProcess.class.getName(),
                            Integer.toString(port))
                    .redirectErrorStream(true)
                    .start();
            process = started;
            answers = read(started);
            await("listening");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many connections it counts. */
    public int connections() {
        try {
            PrintStream questions =
                    new PrintStream(Objects.requireNonNull(process).getOutputStream(), true, StandardCharsets.UTF_8);
            questions.println();
            return Integer.parseInt(await("connections "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        Process ending = process;
        if (ending != null) {
            process = null;
            ending.destroyForcibly();
            ending.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /* All of it, or the broker would wait for its log to be read. */
    private static BlockingQueue<String> read(Process started) {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
                        lines.lines()
                                .filter(line -> line.startsWith("listening") || line.startsWith("connections "))
                                .forEach(said::add);
                    } catch (IOException | UncheckedIOException e) {
                        said.add("ended: " + e);
                    }
                },
                "output of the broker");
        reader.setDaemon(true);
        reader.start();
        return said;
    }

    private String await(String beginning) throws IOException {
        String answer;
        try {
            answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (answer == null || !answer.startsWith(beginning)) {
            throw new IOException("the broker says " + answer + " instead of " + beginning);
        }
        return answer.substring(beginning.length());
    }
}
