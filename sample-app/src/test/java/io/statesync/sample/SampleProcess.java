package io.statesync.sample;

import static org.awaitility.Awaitility.await;

import io.statesync.sample.SampleClient.Answer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The built jar in a JVM of its own, on a port that it keeps over its lives. Its log is below {@code target}. */
final class SampleProcess implements AutoCloseable {

    /** Of a replica that is persisted, give or take 20 %. */
    static final Duration PROBE_INTERVAL = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final int port;
    private final SampleClient client;
    private final List<String> arguments;
    private @Nullable Process process;

    private SampleProcess(String name, List<String> arguments) {
        this.name = name;
        this.port = freePort();
        this.client = new SampleClient(url());
        this.arguments = arguments;
    }

    static SampleProcess source(String name, Path dataDirectory) {
        return new SampleProcess(
                name, List.of("--sample.data-dir=" + dataDirectory, "--sample.companion.enabled=false"));
    }

    static SampleProcess replica(String name, SampleProcess source) {
        return new SampleProcess(
                name,
                List.of(
                        "--spring.profiles.active=replica",
                        "--sample.source-url=" + source.url(),
                        "--sample.data-dir=" + Path.of(System.getProperty("sample.logs"), name)));
    }

    /** A replica that starts on what it saved in this directory. */
    static SampleProcess persistentReplica(String name, SampleProcess source, Path dataDirectory) {
        return new SampleProcess(
                name,
                List.of(
                        "--spring.profiles.active=replica,persistence",
                        "--sample.source-url=" + source.url(),
                        "--sample.data-dir=" + dataDirectory,
                        "--statesync.sources.sample.probe-interval=" + PROBE_INTERVAL.toSeconds() + "s"));
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Starts it; does not wait for it. */
    SampleProcess start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("sample.jar"),
                "--server.port=" + port,
                "--server.address=localhost",
                "--spring.main.banner-mode=off"));
        command.addAll(arguments);
        File log = Path.of(System.getProperty("sample.logs"), name + ".log").toFile();
        try {
            Files.createDirectories(log.toPath().getParent());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(process == null ? Redirect.to(log) : Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it answers, whatever it answers. */
    SampleProcess awaitAnswers() {
        await(name + " answers").atMost(PATIENCE).until(() -> {
            if (!Objects.requireNonNull(process).isAlive()) {
                throw new IllegalStateException(name + " has ended by itself: see its log");
            }
            return answers();
        });
        return this;
    }

    /** {@code kill -9}, and waits for the end. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    Answer get(String path) {
        return client.get(path);
    }

    Answer send(String method, String path, String body) {
        return client.send(method, path, body);
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body) {
        return client.sendAsync(method, path, body);
    }

    private boolean answers() {
        return sendAsync("GET", "/actuator/health", "")
                .handle((answer, notYet) -> notYet == null)
                .join();
    }

    /** Below those that systems give to outgoing connections: one of them could take it while the process is dead. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // taken: try another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
