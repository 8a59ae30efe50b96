package io.statesync.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.test.GatedProvider;
import io.statesync.test.HandSubscriber;
import io.statesync.test.RecordingApplier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObservedRoundsTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final WatchedObservations watched = new WatchedObservations();
    private final HandSubscriber hand = HandSubscriber.confirming();
    private final GatedProvider<String> provider = GatedProvider.at(1, "one");
    private final RecordingApplier<String> applier = new RecordingApplier<>();

    private RevisionSync<String> started(ObservationRegistry registry) {
        RevisionSync<String> sync = RevisionSync.forTopic("prices")
                .subscriber(hand)
                .provider(provider)
                .applier(applier)
                .executor(Runnable::run)
                .observing(new ObservedRounds(registry))
                .build();
        sync.start();
        return sync;
    }

    @Test
    void aRoundGoesOnInTheTraceOfItsEvent() {
        List<@Nullable Observation> current = new ArrayList<>();
        try (RevisionSync<String> sync = started(watched.registry)) {
            provider.answer(2, "two");
            applier.hook(snapshot -> current.add(watched.registry.getCurrentObservation()));

            hand.last().deliverTraced(2, TRACEPARENT);

            assertThat(sync.localRevision().bits()).isEqualTo(2);
        }
        Observation.Context refresh = watched.named("statesync.refresh");
        assertThat(WatchedObservations.received(refresh)).isEqualTo(TRACEPARENT);
        assertThat(WatchedObservations.key(refresh, "topic")).isEqualTo("prices");
        assertThat(WatchedObservations.key(refresh, "cause")).isEqualTo("invalidation");
        assertThat(WatchedObservations.key(refresh, "outcome")).isEqualTo("applied");
        assertThat(WatchedObservations.parent(watched.named("statesync.refresh.apply")))
                .isEqualTo("statesync.refresh");
        assertThat(current).extracting(it -> it.getContextView().getName()).containsExactly("statesync.refresh.apply");
        assertThat(watched.allStopped()).isTrue();
        assertThat(watched.registry.getCurrentObservation()).isNull();
    }

    @Test
    void aRoundThatNoEventAskedForIsATraceOfItsOwn() {
        try (RevisionSync<String> sync = started(watched.registry)) {
            provider.failNext(new IOException("the source is away"));
            assertThat(sync.refresh()).isCompletedExceptionally();
        }
        Observation.Context refresh = watched.named("statesync.refresh");
        assertThat(WatchedObservations.received(refresh)).isNull();
        assertThat(WatchedObservations.key(refresh, "cause")).isEqualTo("explicit");
        assertThat(WatchedObservations.key(refresh, "outcome")).isEqualTo("failed");
        assertThat(refresh.getError()).hasMessage("the source is away");
        assertThat(watched.allStopped()).isTrue();
    }

    @Test
    void anApplyThatFailsIsAnErrorOfBoth() {
        try (RevisionSync<String> sync = started(watched.registry)) {
            applier.failNext(new IllegalStateException("no room"));
            SnapshotEnvelope<String> two =
                    new SnapshotEnvelope<>(sync.localRevision().next(), "two");
            assertThat(sync.offer(two)).isCompletedExceptionally();
        }
        assertThat(watched.named("statesync.refresh.apply").getError()).hasMessage("no room");
        assertThat(watched.named("statesync.refresh").getError()).hasMessage("no room");
        assertThat(watched.registry.getCurrentObservation()).isNull();
    }

    @Test
    void aRegistryWithoutHandlersIsNotAsked() {
        try (RevisionSync<String> sync = started(ObservationRegistry.create())) {
            assertThat(sync.localRevision().bits()).isEqualTo(1);
        }
        assertThat(watched.names()).isEmpty();
    }
}
