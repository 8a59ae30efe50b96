package io.statesync.runtimes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A source of one large value: a list of strings of 1,000 ASCII characters, written while it is read. */
final class LargeSource implements AutoCloseable {

    static final int LENGTH = 1_000;
    private static final String FILLING = "x".repeat(LENGTH - 20);

    private final int strings;
    private final AtomicInteger revision = new AtomicInteger(1);
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    LargeSource(int strings) {
        this.strings = strings;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/statesync/snapshots/large", this::snapshot);
        server.createContext("/statesync/revisions", this::revisions);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Changes the value; answers its revision. */
    int change() {
        return revision.incrementAndGet();
    }

    int fetches() {
        return fetches.get();
    }

    /** What stands last in the value. */
    String last(int ofRevision) {
        return "%09d-%09d-".formatted(ofRevision, strings - 1);
    }

    private void revisions(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = ("{\"large\":\"" + revision + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void snapshot(HttpExchange exchange) throws IOException {
        int current = revision.get();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            write(out, "{\"revision\":\"" + current + "\",\"data\":[");
            for (int i = 0; i < strings; i++) {
                write(out, (i == 0 ? "\"" : ",\"") + "%09d-%09d-".formatted(current, i) + FILLING + '"');
            }
            write(out, "]}");
        }
        fetches.incrementAndGet();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
