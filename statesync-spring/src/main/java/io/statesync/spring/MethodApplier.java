package io.statesync.spring;

import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;

/** A method of the application's as an applier. */
record MethodApplier(BoundMethod method) implements SnapshotApplier<Object> {

    @Override
    public void apply(SnapshotEnvelope<Object> snapshot) throws Exception {
        if (method.parameterCount() == 2) {
            method.invoke(snapshot.data(), snapshot.revision());
        } else if (method.parameterType(0) == SnapshotEnvelope.class) {
            method.invoke(snapshot);
        } else {
            method.invoke(snapshot.data());
        }
    }
}
