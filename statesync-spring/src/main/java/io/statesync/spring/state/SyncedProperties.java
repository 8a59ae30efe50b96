package io.statesync.spring.state;

import io.statesync.state.Registration;
import io.statesync.state.StateChange;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The newest of a {@code @ConfigurationProperties} type, rebuilt whenever a topic changes one of its properties. With Spring
 * Boot there is one to inject per such bean, if an {@link EnvironmentApplier} is a bean. It is the way to hear of changes of
 * an immutable type, and the way to see a mutable one only whole.
 */
public interface SyncedProperties<T> {

    /** The newest one; never changed once it was handed out. One volatile read. */
    T get();

    /**
     * Calls the listener after each rebuild from now on, on the executor, one call at a time, as {@link
     * io.statesync.state.SyncedState#onChange(Consumer, Executor)} does.
     *
     * @return removes the listener when closed
     */
    Registration onChange(Consumer<? super StateChange<T>> listener, Executor executor);
}
