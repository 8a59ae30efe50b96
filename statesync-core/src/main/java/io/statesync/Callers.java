package io.statesync;

import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Who has asked a topic for something and waits. A topic at rest, of which there may be many, holds nothing for them.
 * Guarded by the engine's lock. The slot extends it.
 */
abstract class Callers<T> extends Runners {

    private Requests<T> requests = Requests.none();
    private Waiters waiters = Waiters.NOBODY;

    /** What was asked for and is not taken up; only to be read. */
    final Requests<T> requests() {
        return requests;
    }

    /** Asks for the next fetch; whether somebody had asked for it already. */
    final boolean askFetch(RefreshCause cause, SyncFuture<Revision> caller) {
        requests = requests.writable();
        return requests.fetch(cause, caller);
    }

    /** Offers a snapshot; the newest one is kept. */
    final void askOffer(SnapshotEnvelope<T> envelope, SyncFuture<Revision> caller) {
        requests = requests.writable();
        requests.offer(envelope, caller);
    }

    final List<SyncFuture<Revision>> takeFetchers() {
        List<SyncFuture<Revision>> taken = requests.takeFetchers();
        requests = requests.orNone();
        return taken;
    }

    final List<SyncFuture<Revision>> takeOfferers() {
        List<SyncFuture<Revision>> taken = requests.takeOfferers();
        requests = requests.orNone();
        return taken;
    }

    /** Nobody but this caller, and he not any more. */
    final void withdraw(SyncFuture<Revision> caller) {
        requests.withdraw(caller);
        requests = requests.orNone();
    }

    /** Adds one who waits for a revision. */
    final void addWaiter(long bits, SyncFuture<Revision> future) {
        waiters = waiters.writable();
        waiters.add(bits, future);
    }

    /** Forgets one who does not wait any more. */
    final void removeWaiter(SyncFuture<Revision> future) {
        waiters.remove(future);
        waiters = waiters.orNobody();
    }

    /** Takes out those who have what they waited for. */
    final List<SyncFuture<Revision>> reached(long local) {
        List<SyncFuture<Revision>> reached = waiters.reached(local);
        waiters = waiters.orNobody();
        return reached;
    }

    /** Takes out those who wait for this revision, or for a newer one; returns the newest that is still awaited, or zero. */
    final long deny(long bits, Throwable why) {
        waiters.deny(bits, why);
        return waiters.newest();
    }

    /** Tells those who were taken out by {@link #deny}. */
    final Effect denied() {
        Effect told = waiters.denied();
        waiters = waiters.orNobody();
        return told;
    }

    /** Takes out everybody who waits for a revision. */
    final Effect cancelWaiters(CancellationException stopped) {
        List<SyncFuture<Revision>> all = waiters.all();
        waiters = waiters.orNobody();
        return Engine.fail(all, stopped);
    }
}
