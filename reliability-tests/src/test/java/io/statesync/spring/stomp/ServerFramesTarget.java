package io.statesync.spring.stomp;

import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import io.statesync.spring.TopicAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;

/**
 * What a stranger says to the STOMP server, in one message or several, before and after CONNECT. Nothing is thrown into the
 * container, what is answered is well-formed, and when it has gone nothing of it is left.
 */
public final class ServerFramesTarget implements FuzzTarget {

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:x\n\n\0";

    private final StompBroker broker = new StompBroker(
            new Admission(StompTestServer.exposed(), TopicAccess.EVERYBODY, StompMessageRule.NONE),
            StompServerSettings.of("/statesync", List.of()));
    private final WebSocketHandler handler = broker.sockets();

    public ServerFramesTarget() {
        broker.start();
    }

    @Override
    public List<byte[]> seeds() {
        String subscribe = "SUBSCRIBE\nid:1\nreceipt:r\ndestination:" + Destinations.of("prices") + "\n\n\0";
        return List.of(
                Input.of(subscribe, 1, 0),
                Input.of(subscribe + "UNSUBSCRIBE\nid:1\n\n\0DISCONNECT\nreceipt:bye\n\n\0", 1, 1),
                Input.of(CONNECT + subscribe, 0, 2),
                Input.of("SEND\ndestination:" + Destinations.of("prices") + "\ncontent-length:2\n\n{}\0", 1, 0),
                Input.of("SUBSCRIBE\nid:1\nreceipt:a\\nb\\r\\c\ndestination:/topic/statesync.*\n\n\0", 1, 0),
                Input.of("SUBSCRIBE\nid:1\ndestination:/topic/statesync.hidden\nselector:x\n\n\0", 1, 0),
                Input.of("CONNECT\naccept-version:1.0\nheart-beat:a,b\n\n\0", 0, 3),
                Input.of("BEGIN\ntransaction:t\n\n\0ACK\nid:1\n\n\0\n\n\r\n", 1, 4));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        boolean connected = input.yes();
        int way = input.below(5);
        byte[] said = input.rest();
        HeardSocket socket = new HeardSocket();
        handler.afterConnectionEstablished(socket);
        if (connected) {
            handler.handleMessage(socket, new TextMessage(CONNECT));
        }
        int parts = way + 1;
        for (int part = 0; part < parts; part++) {
            say(socket, said, part * said.length / parts, (part + 1) * said.length / parts, way % 2 == 0);
        }
        handler.afterConnectionClosed(socket, CloseStatus.NORMAL);
        Oracle.same(0, broker.sockets().getStats().getWebSocketSessions(), "sessions that stay");
        socket.heard().forEach(ServerFramesTarget::wellFormed);
    }

    private void say(HeardSocket socket, byte[] said, int from, int to, boolean text) throws Exception {
        if (text) {
            handler.handleMessage(socket, new TextMessage(new String(said, from, to - from, StandardCharsets.UTF_8)));
        } else {
            handler.handleMessage(
                    socket,
                    new BinaryMessage(
                            java.nio.ByteBuffer.wrap(said, from, to - from).slice()));
        }
    }

    /* One frame: a command that servers have, headers of one line each with names that we write, no more. */
    private static void wellFormed(String frame) {
        if (frame.equals("\n")) {
            return;
        }
        int end = frame.indexOf("\n\n");
        Oracle.holds(end > 0 && frame.indexOf('\0') == frame.length() - 1, "more than one frame: " + frame);
        String[] lines = frame.substring(0, end).split("\n");
        Oracle.holds(lines[0].matches("CONNECTED|RECEIPT|ERROR|MESSAGE"), "a command: " + lines[0]);
        for (int i = 1; i < lines.length; i++) {
            Oracle.holds(
                    lines[i].matches("(version|heart-beat|user-name|receipt-id|message|content-length|content-type"
                            + "|subscription|message-id|destination):[^\r\n:]*"),
                    "a header: " + lines[i]);
        }
    }
}
