package io.statesync.spring.delivery;

/** One connection on which all topics are heard, ready to be listened to. Used by one thread, but for {@link #abort}. */
public interface Channel extends AutoCloseable {

    /**
     * Waits a while for messages, and hands over what came. Returns regularly, also when nothing is said.
     *
     * @throws Exception if the connection is lost, or gives no sign of life
     */
    void listen() throws Exception;

    /** Ends it at once, from another thread: {@link #listen} fails. */
    void abort();

    @Override
    void close() throws Exception;
}
