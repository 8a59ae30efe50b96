package io.statesync;

/** Two appliers on one topic: one fetch, one slot, one revision. */
record ChainedApplier<T>(SnapshotApplier<T> first, SnapshotApplier<? super T> second)
        implements SnapshotApplier<T>, Freshness.Aware {

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) throws Exception {
        first.apply(snapshot);
        applyTo(second, snapshot);
    }

    private static <S, T extends S> void applyTo(SnapshotApplier<S> applier, SnapshotEnvelope<T> snapshot)
            throws Exception {
        applier.apply(new SnapshotEnvelope<>(snapshot.revision(), snapshot.data()));
    }

    @Override
    public void freshness(Freshness freshness) {
        if (first instanceof Freshness.Aware aware) {
            aware.freshness(freshness);
        }
        if (second instanceof Freshness.Aware aware) {
            aware.freshness(freshness);
        }
    }
}
