package io.statesync.autoconfigure.environment;

import io.statesync.spring.state.SyncedProperties;
import io.statesync.state.ChangeFeed;
import io.statesync.state.Registration;
import io.statesync.state.StateChange;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;

/** Holds what was bound last. A bean of its own if somebody injects it; until then nobody reads it. */
final class PropertiesHolder implements SyncedProperties<Object>, ApplicationContextAware {

    private final PropertiesBean bean;
    private final ChangeFeed<Object> changes = new ChangeFeed<>();
    private final AtomicReference<@Nullable Object> newest = new AtomicReference<>();
    private volatile @Nullable ApplicationContext context;

    PropertiesHolder(PropertiesBean bean) {
        this.bean = bean;
    }

    @Override
    public void setApplicationContext(ApplicationContext applicationContext) {
        context = applicationContext;
    }

    @Override
    public Object get() {
        Object bound = newest.get();
        if (bound == null) {
            ApplicationContext known = Objects.requireNonNull(context, "not a bean yet");
            newest.compareAndSet(null, new Instances(known).first(bean));
            bound = Objects.requireNonNull(newest.get());
        }
        return bound;
    }

    /** Null if nobody has asked and nothing was bound again. */
    @Nullable
    Object bound() {
        return newest.get();
    }

    void hold(@Nullable Object bound) {
        newest.set(bound);
    }

    void tell(StateChange<Object> change) {
        changes.tell(change);
    }

    @Override
    public Registration onChange(Consumer<? super StateChange<Object>> listener, Executor executor) {
        // so that the first change has a state before it
        get();
        return changes.register(listener, executor);
    }
}
