package io.statesync;

final class DefaultRevisionSync<T> implements RevisionSync<T> {
    DefaultRevisionSync(RevisionSyncBuilder<T> b) {}

    static UnsupportedOperationException no() {
        return new UnsupportedOperationException();
    }

    public String topic() {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Void> startAsync() {
        throw no();
    }

    public void start() {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Void> stopAsync() {
        throw no();
    }

    public void stop() {
        throw no();
    }

    public void close() {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Revision> refresh() {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Revision> offer(SnapshotEnvelope<T> e) {
        throw no();
    }

    public void announce(Revision r) {
        throw no();
    }

    public void probed(Revision r) {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Revision> reset() {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Revision> await(Revision r) {
        throw no();
    }

    public java.util.concurrent.CompletableFuture<Revision> await(Revision r, java.time.Duration d) {
        throw no();
    }

    public Revision localRevision() {
        throw no();
    }

    public SyncStatus status() {
        throw no();
    }
}
