package bench.spi;

/** B3. The server side of a broadcast; runs in its own process, the clients in another. */
public interface Fanout extends AutoCloseable {
    /** "stomp" or "ws" (text frames without a sub-protocol): what the load client has to speak. */
    String protocol();

    /** What a "stomp" client subscribes to. */
    default String destination() { return "/topic/b3"; }

    /** Path of the WebSocket handshake. */
    String path();

    /** Starts on loopback; returns the port. */
    int start(String[] args) throws Exception;

    /** Sends the text, alone or inside of a message, to all connected sessions; may return before they have it. */
    void broadcast(String text) throws Exception;

    @Override default void close() throws Exception {}
}
