package io.statesync.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RoundObserver;
import io.statesync.RoundScope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs each round inside an observation {@code statesync.refresh}, in the trace of the event that it answers, and its apply
 * inside {@code statesync.refresh.apply} (not {@code statesync.apply}: that is a meter already). What the provider calls,
 * such as an HTTP client that is observed, becomes a child by itself. Safe for use by any thread.
 */
public final class ObservedRounds implements RoundObserver {

    private static final RoundScope UNOBSERVED = new Unobserved();

    private final ObservationRegistry registry;

    public ObservedRounds(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public RoundScope begin(String topic, RefreshCause cause, @Nullable String traceparent) {
        if (registry.isNoop()) {
            return UNOBSERVED;
        }
        Observation refresh = Observation.createNotStarted("statesync.refresh", () -> context(traceparent), registry)
                .lowCardinalityKeyValue("topic", topic)
                .lowCardinalityKeyValue("cause", word(cause))
                // a meter wants its keys from the start
                .lowCardinalityKeyValue("outcome", "none");
        return new Observed(registry, topic, Opened.start(registry, refresh));
    }

    private static Observation.Context context(@Nullable String traceparent) {
        if (traceparent == null) {
            return new Observation.Context();
        }
        ReceiverContext<String> context = new ReceiverContext<>(Traceparent::read);
        context.setCarrier(traceparent);
        return context;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Used by the thread of its round alone. */
    private static final class Observed implements RoundScope {

        private final ObservationRegistry registry;
        private final String topic;
        private final Opened refresh;
        private @Nullable Opened apply;

        Observed(ObservationRegistry registry, String topic, Opened refresh) {
            this.registry = registry;
            this.topic = topic;
            this.refresh = refresh;
        }

        @Override
        public void applying() {
            apply = Opened.start(
                    registry,
                    Observation.createNotStarted("statesync.refresh.apply", registry)
                            .parentObservation(refresh.observation())
                            .lowCardinalityKeyValue("topic", topic));
        }

        @Override
        public void applied(@Nullable Throwable error) {
            if (apply != null) {
                apply.stop(error);
            }
        }

        @Override
        public void ended(@Nullable RefreshOutcome outcome, @Nullable Throwable error) {
            if (outcome != null) {
                refresh.observation().lowCardinalityKeyValue("outcome", word(outcome));
            }
            refresh.stop(error);
        }
    }

    private static final class Unobserved implements RoundScope {

        @Override
        public void applying() {}

        @Override
        public void applied(@Nullable Throwable error) {}

        @Override
        public void ended(@Nullable RefreshOutcome outcome, @Nullable Throwable error) {}
    }
}
