package io.statesync.spring.state;

import io.statesync.SnapshotEnvelope;
import io.statesync.state.SnapshotPublisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** A topic's stream of snapshots for Reactor, where that is on the class path. */
public final class SnapshotFlux {

    private SnapshotFlux() {}

    /**
     * The stream as a {@code Flux}: hot, the newest snapshot first, the latest wins under back-pressure. It completes when the
     * publisher is closed.
     */
    public static <T> Flux<SnapshotEnvelope<T>> of(SnapshotPublisher<T> publisher) {
        return JdkFlowAdapter.flowPublisherToFlux(publisher);
    }
}
