package io.statesync.persistence;

import io.statesync.Freshness;
import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import org.jspecify.annotations.Nullable;

/** {@link SnapshotPersistence#around}: the inner applier first, then the demand for a save. */
final class SavingApplier<T> implements SnapshotApplier<T>, Freshness.Aware {

    private final SnapshotApplier<? super T> inner;
    private final DefaultSnapshotPersistence<T> persistence;

    /** Written by one thread at a time (E8). */
    private volatile @Nullable Revision last;

    SavingApplier(SnapshotApplier<? super T> inner, DefaultSnapshotPersistence<T> persistence) {
        this.inner = inner;
        this.persistence = persistence;
    }

    @Override
    public void apply(SnapshotEnvelope<T> snapshot) throws Exception {
        persistence.requireOpen();
        try {
            applyTo(inner, snapshot);
        } catch (Throwable notApplied) {
            persistence.notApplied(snapshot.revision());
            throw notApplied;
        }
        Revision before = last;
        last = snapshot.revision();
        persistence.applied(snapshot, before != null && before.isNewerThan(snapshot.revision()));
    }

    private static <S, T extends S> void applyTo(SnapshotApplier<S> applier, SnapshotEnvelope<T> snapshot)
            throws Exception {
        applier.apply(new SnapshotEnvelope<>(snapshot.revision(), snapshot.data()));
    }

    @Override
    public void freshness(Freshness freshness) {
        if (inner instanceof Freshness.Aware aware) {
            aware.freshness(freshness);
        }
    }
}
