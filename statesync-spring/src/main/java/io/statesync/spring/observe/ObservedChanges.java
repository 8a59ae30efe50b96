package io.statesync.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.spring.ChangeObserver;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces inside an observation {@code statesync.announce}, a child of what is current when the topic changes, and gives
 * the event that observation's {@code traceparent}. An event that has one already keeps it. What an observation's handlers
 * throw is logged, and the announcement is made all the same. Safe for use by any thread.
 */
public final class ObservedChanges implements ChangeObserver {

    private static final Logger log = LoggerFactory.getLogger(ObservedChanges.class);

    private final ObservationRegistry registry;

    public ObservedChanges(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Runnable bind(Runnable announcing) {
        Observation current = registry.getCurrentObservation();
        return current == null ? announcing : () -> runIn(current, announcing);
    }

    private void runIn(Observation observation, Runnable announcing) {
        Opened opened = null;
        try {
            opened = Opened.open(registry, observation);
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
        }
        try {
            announcing.run();
        } finally {
            if (opened != null) {
                guarded(opened::close);
            }
        }
    }

    @Override
    public void announce(InvalidationEvent event, InvalidationPublisher target) {
        Sending sending = registry.isNoop() || event.traceparent() != null ? null : begin(event);
        if (sending == null) {
            target.publish(event);
            return;
        }
        Throwable error = null;
        try {
            target.publish(sending.event);
        } catch (RuntimeException | Error thrown) {
            error = thrown;
            throw thrown;
        } finally {
            end(sending, error);
        }
    }

    private @Nullable Sending begin(InvalidationEvent event) {
        try {
            AtomicReference<@Nullable String> traceparent = new AtomicReference<>();
            SenderContext<AtomicReference<@Nullable String>> context = new SenderContext<>(Traceparent::write);
            context.setCarrier(traceparent);
            Observation observation = Observation.createNotStarted("statesync.announce", () -> context, registry)
                    .lowCardinalityKeyValue("topic", event.topic())
                    .highCardinalityKeyValue("revision", event.revision().toString());
            Opened opened = Opened.start(registry, observation);
            return new Sending(opened, Traceparent.in(event, traceparent.get()));
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
            return null;
        }
    }

    private static void end(Sending sending, @Nullable Throwable error) {
        guarded(() -> sending.opened.stop(error));
    }

    private static void guarded(Runnable ending) {
        try {
            ending.run();
        } catch (RuntimeException | Error thrown) {
            failed(thrown);
        }
    }

    private static void failed(Throwable thrown) {
        log.debug("The observation of an announcement failed", thrown);
    }

    private record Sending(Opened opened, InvalidationEvent event) {}
}
