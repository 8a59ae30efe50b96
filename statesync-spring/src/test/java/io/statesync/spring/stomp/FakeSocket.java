package io.statesync.spring.stomp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/** A session without a socket: it counts what is sent to it, and tells its owner that it was closed, as a container does. */
final class FakeSocket implements WebSocketSession {

    private static final AtomicInteger IDS = new AtomicInteger();

    private final String id;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Map<String, Integer> commands = new ConcurrentHashMap<>();
    private final Closed closed;
    private volatile String lastSubscription = "none";
    private volatile boolean open = true;
    private volatile Hook hook = command -> {};

    FakeSocket(Closed closed) {
        this("fake-" + IDS.incrementAndGet(), closed);
    }

    FakeSocket(String id, Closed closed) {
        this.id = id;
        this.closed = closed;
    }

    /** Has each frame to it pass by before it counts as sent: what waits there is a slow client. */
    void beforeEach(Hook newHook) {
        hook = newHook;
    }

    /** How many frames with this command were sent to it. */
    int received(String command) {
        return commands.getOrDefault(command, 0);
    }

    /** The id in the last SUBSCRIBE that was sent to it. */
    String lastSubscription() {
        return lastSubscription;
    }

    @Override
    public void sendMessage(WebSocketMessage<?> message) throws IOException {
        if (message instanceof TextMessage text) {
            String frame = new String(text.asBytes(), StandardCharsets.UTF_8);
            int end = frame.indexOf('\n');
            if (frame.startsWith("SUBSCRIBE\n")) {
                lastSubscription = frame.replaceFirst("(?s).*\nid:([^\n]*)\n.*", "$1");
            }
            String command = end < 0 ? frame : frame.substring(0, end);
            try {
                hook.sending(command);
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.toString());
            }
            commands.merge(command, 1, Integer::sum);
        }
    }

    @Override
    public void close() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void close(CloseStatus status) {
        boolean was;
        synchronized (this) {
            was = open;
            open = false;
        }
        if (was) {
            closed.closed(this, status);
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public @Nullable URI getUri() {
        return null;
    }

    @Override
    public HttpHeaders getHandshakeHeaders() {
        return new HttpHeaders();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public @Nullable Principal getPrincipal() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public String getAcceptedProtocol() {
        return "v12.stomp";
    }

    @Override
    public void setTextMessageSizeLimit(int limit) {
        // nothing is buffered
    }

    @Override
    public int getTextMessageSizeLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void setBinaryMessageSizeLimit(int limit) {
        // nothing is buffered
    }

    @Override
    public int getBinaryMessageSizeLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<WebSocketExtension> getExtensions() {
        return List.of();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Hears of a frame that is about to be sent. */
    interface Hook {
        void sending(String command) throws InterruptedException;
    }

    /** Hears once that it was closed. */
    interface Closed {
        void closed(FakeSocket socket, CloseStatus status);
    }
}
