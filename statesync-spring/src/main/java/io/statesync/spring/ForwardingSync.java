package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A sync with a start and a stop of its own; all else is that of the sync behind it. */
abstract class ForwardingSync<T> implements RevisionSync<T> {

    final RevisionSync<T> sync;

    ForwardingSync(RevisionSync<T> sync) {
        this.sync = sync;
    }

    @Override
    public String topic() {
        return sync.topic();
    }

    @Override
    public CompletableFuture<Revision> refresh() {
        return sync.refresh();
    }

    @Override
    public CompletableFuture<Revision> offer(SnapshotEnvelope<T> envelope) {
        return sync.offer(envelope);
    }

    @Override
    public void announce(Revision revision) {
        sync.announce(revision);
    }

    @Override
    public void probed(Revision revision) {
        sync.probed(revision);
    }

    @Override
    public CompletableFuture<Revision> reset() {
        return sync.reset();
    }

    @Override
    public CompletableFuture<Revision> await(Revision revision) {
        return sync.await(revision);
    }

    @Override
    public CompletableFuture<Revision> await(Revision revision, Duration timeout) {
        return sync.await(revision, timeout);
    }

    @Override
    public Revision localRevision() {
        return sync.localRevision();
    }

    @Override
    public SyncStatus status() {
        return sync.status();
    }

    @Override
    public String toString() {
        return sync.toString();
    }
}
