package io.statesync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A future that refuses to be waited for where that would deadlock: on the thread that has to complete it (E3). */
final class SyncFuture<V> extends CompletableFuture<V> {

    private final BooleanSupplier wouldDeadlock;

    SyncFuture(BooleanSupplier wouldDeadlock) {
        this.wouldDeadlock = wouldDeadlock;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new SyncFuture<>(wouldDeadlock);
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        check();
        return super.get();
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        check();
        return super.get(timeout, unit);
    }

    @Override
    public V join() {
        check();
        return super.join();
    }

    private void check() {
        if (!isDone() && wouldDeadlock.getAsBoolean()) {
            throw new IllegalStateException(
                    "a blocking wait from inside the provider, applier or listener of the same topic"
                            + " would never end: use the future's thenAccept(..) instead");
        }
    }
}
