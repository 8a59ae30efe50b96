package io.statesync.test;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.memory.InMemoryTransport;

/** The in-memory transport plays its own server. */
class InMemoryTransportTest extends ServerTransportContract {

    private InMemoryTransport transport = new InMemoryTransport();

    @Override
    protected void open() {
        transport = new InMemoryTransport();
    }

    @Override
    protected void close() {
        // it holds nothing: no thread, no connection
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return transport;
    }

    @Override
    protected void sendGarbage(String topic) {
        transport.publish(new InvalidationEvent(topic, Revision.MAX, "", Long.MIN_VALUE, "no trace\n"));
    }

    @Override
    protected void killServer() {
        transport.disconnect();
    }

    @Override
    protected void startServer() {
        transport.reconnect();
    }

    @Override
    protected int connections() {
        return 1;
    }
}
