package io.statesync.spring.event;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.test.EngineProtocolContract;
import org.junit.jupiter.api.AfterEach;
import org.springframework.context.support.GenericApplicationContext;

/** The protocol's own cases (EN), over application events. */
class ApplicationEventEngineTest extends EngineProtocolContract {

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final ApplicationEventTransport transport = new ApplicationEventTransport(context);

    ApplicationEventEngineTest() {
        context.registerBean(ApplicationEventTransport.class, () -> transport);
        context.refresh();
    }

    @AfterEach
    void closeContext() {
        context.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return transport;
    }
}
