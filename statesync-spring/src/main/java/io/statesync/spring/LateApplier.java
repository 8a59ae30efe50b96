package io.statesync.spring;

import io.statesync.Freshness;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the appliers of a topic, which are found after its engine was built: a bean that takes snapshots may want the
 * topic's sync injected. They are there before the life cycle starts it.
 */
final class LateApplier implements SnapshotApplier<Object>, Freshness.Aware {

    private static final SnapshotApplier<Object> NOBODY = snapshot -> {};

    private final String topic;

    /** Written once each, while the context is built; read by refresh threads. */
    private volatile @Nullable SnapshotApplier<Object> target;

    private volatile @Nullable Freshness freshness;

    LateApplier(String topic) {
        this.topic = topic;
    }

    void bind(@Nullable SnapshotApplier<Object> appliers) {
        target = appliers == null ? NOBODY : appliers;
        introduce();
    }

    @Override
    public void freshness(Freshness newFreshness) {
        freshness = newFreshness;
        introduce();
    }

    private void introduce() {
        Freshness clock = freshness;
        if (clock != null && target instanceof Freshness.Aware aware) {
            aware.freshness(clock);
        }
    }

    @Override
    public void apply(SnapshotEnvelope<Object> snapshot) throws Exception {
        SnapshotApplier<Object> appliers = target;
        if (appliers == null) {
            throw new IllegalStateException("topic \"" + topic
                    + "\" was refreshed before the application context was complete: its appliers are not known yet");
        }
        appliers.apply(snapshot);
    }
}
