package io.statesync.spring.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.BufferingStompDecoder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompConversionException;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/** A connection that speaks STOMP over TCP, used by one thread at a time; only {@link #abort} may come from another. */
final class RelayConnection implements AutoCloseable {

    private static final StompEncoder ENCODER = new StompEncoder();
    private static final byte[] NO_BODY = new byte[0];
    private static final byte[] BEAT = {'\n'};
    private static final int MAX_FRAME = 64 * 1024;
    private static final int CHUNK = 8 * 1024;
    private static final int SHOWN = 300;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final BufferingStompDecoder decoder = new BufferingStompDecoder(new StompDecoder(), MAX_FRAME);
    private final Queue<StompHeaderAccessor> arrived = new ArrayDeque<>();
    private final Queue<byte[]> bodies = new ArrayDeque<>();
    private final byte[] chunk = new byte[CHUNK];
    private byte[] body = NO_BODY;

    private RelayConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects, and waits for the broker's consent.
     *
     * @param heartbeat how often each side is to send a sign of life; zero for never
     * @return the broker's own words on heart-beats are in {@link Opened}
     */
    static Opened open(RelayBroker broker, Duration heartbeat) throws IOException {
        int timeout = millis(broker.answerTimeout());
        Socket socket = broker.sockets().get().createSocket();
        try {
            socket.setTcpNoDelay(true);
            if (socket instanceof SSLSocket tls) {
                requireItsName(tls);
            }
            socket.connect(new InetSocketAddress(broker.host(), broker.port()), timeout);
            RelayConnection connection = new RelayConnection(socket);
            connection.send(connect(broker, heartbeat), NO_BODY);
            StompHeaderAccessor answer = connection.await(StompCommand.CONNECTED, null, timeout);
            return new Opened(connection, answer.getHeartbeat());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /* By itself a TLS socket trusts a certificate whosever name is in it. */
    private static void requireItsName(SSLSocket tls) {
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
    }

    /**
     * A connection, and what the broker said of heart-beats.
     *
     * @param heartbeats how often the broker sends, and wants to receive, in milliseconds; 0 for never
     */
    record Opened(RelayConnection connection, long[] heartbeats) {}

    private static StompHeaderAccessor connect(RelayBroker broker, Duration heartbeat) {
        StompHeaderAccessor frame = StompHeaderAccessor.create(StompCommand.CONNECT);
        frame.setAcceptVersion("1.2,1.1");
        String virtualHost = broker.virtualHost();
        frame.setHost(virtualHost == null ? broker.host() : virtualHost);
        frame.setHeartbeat(heartbeat.toMillis(), heartbeat.toMillis());
        if (broker.login() != null) {
            frame.setLogin(broker.login());
        }
        if (broker.passcode() != null) {
            frame.setPasscode(broker.passcode());
        }
        return frame;
    }

    void send(StompHeaderAccessor frame, byte[] payload) throws IOException {
        out.write(ENCODER.encode(frame.getMessageHeaders(), payload));
        out.flush();
    }

    void beat() throws IOException {
        out.write(BEAT);
        out.flush();
    }

    /** Sends a frame with a receipt, and waits for that. */
    void confirmed(StompHeaderAccessor frame, String receipt, byte[] payload, Duration timeout) throws IOException {
        frame.setReceipt(receipt);
        send(frame, payload);
        await(StompCommand.RECEIPT, receipt, millis(timeout));
    }

    /* What else arrives meanwhile stays for later. */
    private StompHeaderAccessor await(StompCommand command, @Nullable String receipt, int timeout) throws IOException {
        Queue<StompHeaderAccessor> other = new ArrayDeque<>();
        Queue<byte[]> otherBodies = new ArrayDeque<>();
        while (true) {
            StompHeaderAccessor frame = next();
            if (frame == null) {
                if (!receive(timeout)) {
                    throw new SocketTimeoutException("no " + command + " within " + timeout + " ms");
                }
            } else if (frame.getCommand() == command && (receipt == null || receipt.equals(frame.getReceiptId()))) {
                arrived.addAll(other);
                bodies.addAll(otherBodies);
                return frame;
            } else {
                other.add(frame);
                otherBodies.add(body);
            }
        }
    }

    /** The next frame that has arrived; null if none has. Its body is {@link #body}. */
    @Nullable
    StompHeaderAccessor next() throws IOException {
        StompHeaderAccessor frame = arrived.poll();
        if (frame != null) {
            body = bodies.remove();
            if (frame.getCommand() == StompCommand.ERROR) {
                throw new IOException("the broker says: " + reason(frame));
            }
        }
        return frame;
    }

    /** The body of the frame that {@link #next} returned last. */
    byte[] body() {
        return body;
    }

    private String reason(StompHeaderAccessor error) {
        String message = error.getMessage();
        String said = message == null ? new String(body, StandardCharsets.UTF_8) : message;
        String printable = said.replaceAll("\\p{Cc}", " ").strip();
        return printable.isEmpty() ? "no reason given" : printable.substring(0, Math.min(SHOWN, printable.length()));
    }

    /** Waits for bytes, heart-beats included; false if none came in time. */
    boolean receive(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        int read;
        try {
            read = in.read(chunk);
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (read < 0) {
            throw new IOException("the broker closed the connection");
        }
        // a copy: the decoder keeps what is not a whole frame yet
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(chunk, read));
        try {
            for (Message<byte[]> message : decoder.decode(bytes)) {
                StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
                if (frame != null && frame.getCommand() != null) {
                    arrived.add(frame);
                    bodies.add(message.getPayload());
                }
            }
        } catch (StompConversionException e) {
            throw new IOException("the broker sent what is no STOMP", e);
        }
        return true;
    }

    static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
    }

    /** Ends it at once. Any thread. */
    void abort() throws IOException {
        socket.close();
    }

    /** Ends it with a farewell, for which it does not wait. */
    @Override
    public void close() throws IOException {
        try (socket) {
            if (!socket.isClosed()) {
                send(StompHeaderAccessor.create(StompCommand.DISCONNECT), NO_BODY);
            }
        }
    }
}
