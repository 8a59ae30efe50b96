package io.statesync.spring.stomp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A client that sends any frame, over the JDK's web socket. */
final class RawStomp implements AutoCloseable {

    private final Queue<String> frames = new ConcurrentLinkedQueue<>();
    private final WebSocket socket;

    RawStomp(int port) throws Exception {
        this(port, "/statesync/ws");
    }

    RawStomp(int port, String path, String... header) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (header.length == 2) {
            builder.header(header[0], header[1]);
        }
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), new Ear())
                .get(10, TimeUnit.SECONDS);
    }

    RawStomp connect() {
        send("CONNECT\naccept-version:1.2\nhost:x\n\n");
        await("CONNECTED");
        return this;
    }

    RawStomp send(String frame) {
        socket.sendText(frame + "\0", true).join();
        return this;
    }

    /** Sends anything, as text or not; false if the other side has closed. */
    boolean say(byte[] anything, boolean binary) {
        try {
            (binary
                            ? socket.sendBinary(ByteBuffer.wrap(anything), true)
                            : socket.sendText(new String(anything, StandardCharsets.UTF_8), true))
                    .join();
            return !socket.isInputClosed() && !socket.isOutputClosed();
        } catch (CompletionException e) {
            return false;
        }
    }

    RawStomp subscribe(String id, String destination) {
        return send("SUBSCRIBE\nid:" + id + "\nreceipt:r-" + id + "\ndestination:" + destination + "\n\n");
    }

    /** The first frame of that command. */
    String await(String command) {
        return Awaitility.await("a frame " + command)
                .until(
                        () -> frames.stream()
                                .filter(frame -> frame.startsWith(command + "\n"))
                                .findFirst()
                                .orElse(""),
                        frame -> !frame.isEmpty());
    }

    boolean has(String command) {
        return frames.stream().anyMatch(frame -> frame.startsWith(command + "\n"));
    }

    boolean closed() {
        return socket.isInputClosed();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                frames.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
