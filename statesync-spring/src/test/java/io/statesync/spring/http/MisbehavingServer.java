package io.statesync.spring.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a raw socket that answers each request with the same bytes, or with fewer than it should. */
final class MisbehavingServer implements AutoCloseable {

    private static final byte[] MORE = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);

    private final List<ServerSocket> listening = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger brokenOff = new AtomicInteger();

    /** A whole answer. */
    URI answering(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return raw(head(status, "Content-Type: " + contentType, "Content-Length: " + bytes.length), bytes, Then.CLOSE);
    }

    /** Takes the request and says nothing. */
    URI silent() {
        return raw("", new byte[0], Then.HANG);
    }

    /** Promises more than it sends before it closes. */
    URI cuttingShort() {
        return raw(
                head(200, "Content-Type: application/json", "Content-Length: 100"),
                "{\"revision\":\"1\",\"da".getBytes(StandardCharsets.UTF_8),
                Then.CLOSE);
    }

    /** Sends the beginning of a body and then nothing, for ever. */
    URI stalling() {
        return raw(
                head(200, "Content-Type: application/json", "Content-Length: 100"),
                "{\"revision\":\"1\",\"da".getBytes(StandardCharsets.UTF_8),
                Then.HANG);
    }

    /** Nobody listens there. */
    URI nobody() {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + gone.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String head(int status, String... headers) {
        return "HTTP/1.1 " + status + " Whatever\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
    }

    /** How many requests were answered as far as they will be. */
    int answered() {
        return answered.get();
    }

    /** How many connections the other side ended. */
    int brokenOff() {
        return brokenOff.get();
    }

    /** The heads of the requests that came. */
    List<String> requests() {
        return requests;
    }

    URI raw(String head, byte[] body, Then then) {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            listening.add(socket);
            Thread thread = new Thread(() -> serve(socket, head, body, then), "misbehaving");
            thread.setDaemon(true);
            thread.start();
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(ServerSocket socket, String head, byte[] body, Then then) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                requests.add(readHead(connection.getInputStream()));
                OutputStream out = connection.getOutputStream();
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
                answered.incrementAndGet();
                if (then == Then.CLOSE) {
                    connection.close();
                }
                while (then == Then.GO_ON_FOR_EVER) {
                    out.write(MORE);
                }
            } catch (IOException e) {
                // the client or the test went away: on to the next connection, or out
                brokenOff.incrementAndGet();
            }
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            for (ServerSocket socket : listening) {
                socket.close();
            }
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows the answer. */
    enum Then {
        CLOSE,
        HANG,
        GO_ON_FOR_EVER
    }
}
