package io.statesync.spring.mutation;

import io.statesync.mutation.TransactionEvent;
import io.statesync.mutation.TransactionListener;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes each {@link TransactionEvent} in the application, in order, on the engine's callback executor. */
public final class TransactionEventPublisher implements TransactionListener {

    private final ApplicationEventPublisher publisher;

    public TransactionEventPublisher(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void onTransition(TransactionEvent event) {
        publisher.publishEvent(event);
    }
}
