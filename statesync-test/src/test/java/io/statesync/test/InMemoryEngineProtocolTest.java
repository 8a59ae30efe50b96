package io.statesync.test;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.memory.InMemoryTransport;

class InMemoryEngineProtocolTest extends EngineProtocolContract {

    private final InMemoryTransport transport = new InMemoryTransport();

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return transport;
    }
}
