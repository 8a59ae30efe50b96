package io.statesync.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Remembers every observation of a registry, and numbers the trace contexts that are sent. */
final class WatchedObservations implements ObservationHandler<Observation.Context> {

    final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger stopped = new AtomicInteger();

    WatchedObservations() {
        registry.observationConfig().observationHandler(this);
    }

    static String traceparent(int number) {
        return "00-trace-" + number;
    }

    @Override
    public void onStart(Observation.Context context) {
        started.add(context);
        if (context instanceof SenderContext<?> sender) {
            inject(sender);
        }
    }

    private <C> void inject(SenderContext<C> sender) {
        sender.getSetter().set(sender.getCarrier(), "traceparent", traceparent(started.size()));
        sender.getSetter().set(sender.getCarrier(), "tracestate", "vendor=1");
    }

    @Override
    public void onStop(Observation.Context context) {
        stopped.incrementAndGet();
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    /** What began, by name and in order. */
    List<String> names() {
        return started.stream().map(Observation.Context::getName).toList();
    }

    Observation.Context named(String name) {
        return started.stream()
                .filter(context -> name.equals(context.getName()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
    }

    boolean allStopped() {
        return stopped.get() == started.size();
    }

    static @Nullable String parent(Observation.Context context) {
        return context.getParentObservation() == null
                ? null
                : context.getParentObservation().getContextView().getName();
    }

    static @Nullable String key(Observation.Context context, String key) {
        KeyValue value = context.getLowCardinalityKeyValue(key);
        return value == null ? null : value.getValue();
    }

    static @Nullable String received(Observation.Context context) {
        return context instanceof ReceiverContext<?> receiver ? read(receiver) : null;
    }

    private static <C> @Nullable String read(ReceiverContext<C> receiver) {
        return receiver.getGetter().get(receiver.getCarrier(), "traceparent");
    }
}
