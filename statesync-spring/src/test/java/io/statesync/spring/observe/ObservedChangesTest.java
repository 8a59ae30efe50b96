package io.statesync.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.policy.Backoff;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.AfterCommitPublisher;
import io.statesync.spring.Announcer;
import io.statesync.test.ManualScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class ObservedChangesTest {

    private static final InvalidationEvent EVENT = InvalidationEvent.of("prices", new Revision(7));

    private final WatchedObservations watched = new WatchedObservations();
    private final ObservedChanges changes = new ObservedChanges(watched.registry);
    private final List<InvalidationEvent> announced = new ArrayList<>();

    @Test
    void anAnnouncementBelongsToTheTraceOfItsChange() {
        Observation.createNotStarted("write", watched.registry).observe(() -> changes.announce(EVENT, announced::add));

        assertThat(watched.names()).containsExactly("write", "statesync.announce");
        Observation.Context announcement = watched.named("statesync.announce");
        assertThat(WatchedObservations.parent(announcement)).isEqualTo("write");
        assertThat(WatchedObservations.key(announcement, "topic")).isEqualTo("prices");
        assertThat(announced)
                .containsExactly(new InvalidationEvent(
                        "prices",
                        new Revision(7),
                        null,
                        InvalidationEvent.NO_TIMESTAMP,
                        WatchedObservations.traceparent(2)));
        assertThat(watched.allStopped()).isTrue();
        assertThat(watched.registry.getCurrentObservation()).isNull();
    }

    @Test
    void anEventThatHasATraceKeepsIt() {
        InvalidationEvent foreign =
                new InvalidationEvent("prices", new Revision(7), null, InvalidationEvent.NO_TIMESTAMP, "00-foreign");

        changes.announce(foreign, announced::add);

        assertThat(announced).singleElement().isSameAs(foreign);
        assertThat(watched.names()).isEmpty();
    }

    @Test
    void withoutARegistryThatListensNoObservationIsMade() {
        for (ObservationRegistry silent : List.of(ObservationRegistry.NOOP, ObservationRegistry.create())) {
            new ObservedChanges(silent).announce(EVENT, announced::add);
        }

        assertThat(announced).hasSize(2).allSatisfy(event -> assertThat(event).isSameAs(EVENT));
        Runnable announcing = () -> {};
        assertThat(new ObservedChanges(ObservationRegistry.NOOP).bind(announcing))
                .isSameAs(announcing);
    }

    @Test
    void afterTheCommitItIsTheTraceOfTheChangeNotThatOfTheCommit() {
        StatePublisher publisher = new AfterCommitPublisher(
                StatePublisher.of(
                        RevisionCounter.sequential(), event -> changes.announce(event, announced::add), "shop-1"),
                changes);
        TransactionSynchronizationManager.setActualTransactionActive(true);
        TransactionSynchronizationManager.initSynchronization();
        try {
            Observation.createNotStarted("write", watched.registry).observe(() -> publisher.invalidate("prices"));
            assertThat(announced).isEmpty();

            Observation.createNotStarted("commit", watched.registry)
                    .observe(() -> TransactionSynchronizationUtils.triggerAfterCompletion(
                            TransactionSynchronization.STATUS_COMMITTED));
        } finally {
            TransactionSynchronizationManager.clear();
        }

        assertThat(WatchedObservations.parent(watched.named("statesync.announce")))
                .isEqualTo("write");
        assertThat(announced)
                .extracting(InvalidationEvent::traceparent)
                .containsExactly(WatchedObservations.traceparent(3));
    }

    @Test
    void whatIsSentAgainKeepsTheTraceOfItsChange() {
        ManualScheduler scheduler = new ManualScheduler();
        List<InvalidationEvent> tried = new ArrayList<>();
        try (Announcer announcer = new Announcer(
                "shop-1",
                Stream.of(event -> {
                    tried.add(event);
                    if (tried.size() == 1) {
                        throw new IllegalStateException("the broker is away");
                    }
                }),
                scheduler,
                Runnable::run,
                changes)) {
            Observation.createNotStarted("write", watched.registry).observe(() -> announcer.announce(EVENT));
            scheduler.advance(Backoff.CATCH_UP.cap(1));
        }

        assertThat(tried)
                .extracting(InvalidationEvent::traceparent)
                .containsExactly(WatchedObservations.traceparent(2), WatchedObservations.traceparent(2));
        assertThat(watched.names()).containsExactly("write", "statesync.announce");
    }

    @Test
    void whatThePublisherThrowsIsNotSwallowed() {
        IllegalStateException broken = new IllegalStateException("the broker is away");

        assertThatThrownBy(() -> changes.announce(EVENT, event -> {
                    throw broken;
                }))
                .isSameAs(broken);

        assertThat(watched.named("statesync.announce").getError()).isSameAs(broken);
        assertThat(watched.allStopped()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "open", "close", "stop"})
    void aBrokenHandlerKeepsNoAnnouncementBack(String when) {
        ObservationRegistry registry = ObservationRegistry.create();
        BrokenHandler handler = new BrokenHandler(when);
        registry.observationConfig().observationHandler(handler);
        ObservedChanges broken = new ObservedChanges(registry);
        Observation current = Observation.start("write", registry);
        Observation.Scope scope = current.openScope();
        handler.breaks = true;
        Runnable bound = broken.bind(() -> broken.announce(EVENT, announced::add));

        bound.run();

        assertThat(announced).hasSize(1);
        assertThat(registry.getCurrentObservation()).isSameAs(current);
        handler.breaks = false;
        scope.close();
        current.stop();
    }

    private static final class BrokenHandler implements ObservationHandler<Observation.Context> {

        private final String when;
        private boolean breaks;

        BrokenHandler(String when) {
            this.when = when;
        }

        private void at(String now) {
            if (breaks && now.equals(when)) {
                throw new IllegalStateException("broken at " + now);
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            at("start");
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            at("open");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            at("close");
        }

        @Override
        public void onStop(Observation.Context context) {
            at("stop");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
