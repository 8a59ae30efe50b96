package io.statesync;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Who waits for which revision (E10). Guarded by the engine's lock. */
final class Waiters {

    /** One for all topics for whose revisions nobody waits. Never written: {@link #writable} comes before that. */
    static final Waiters NOBODY = new Waiters();

    /** Nobody waits at most topics, of which there may be many. */
    private List<Waiter> waiting = List.of();
    /** Those who will not have what they waited for, and have not been told yet. */
    private Effect denied = Effect.NONE;

    /** These, or fresh ones of the caller's own. */
    Waiters writable() {
        return this == NOBODY ? new Waiters() : this;
    }

    /** These, or {@link #NOBODY} if nobody is left in them. */
    Waiters orNobody() {
        return waiting.isEmpty() && denied == Effect.NONE ? NOBODY : this;
    }

    void add(long bits, SyncFuture<Revision> future) {
        waiting = waiting.isEmpty() ? new ArrayList<>(2) : waiting;
        waiting.add(new Waiter(bits, future));
    }

    /** Forgets one who does not wait any more. */
    void remove(SyncFuture<Revision> future) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(waiter -> waiter.future == future);
        }
    }

    /** Takes out those who have what they waited for. */
    List<SyncFuture<Revision>> reached(long local) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<SyncFuture<Revision>> reached = new ArrayList<>();
        for (Iterator<Waiter> all = waiting.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (!Revision.isNewer(waiter.bits, local)) {
                all.remove();
                reached.add(waiter.future);
            }
        }
        return reached;
    }

    /** Takes out those who wait for this revision, or for a newer one: nobody will have that. */
    void deny(long bits, Throwable why) {
        for (Iterator<Waiter> all = waiting.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (!Revision.isNewer(bits, waiter.bits)) {
                all.remove();
                denied = denied.then(() -> waiter.future.completeExceptionally(why));
            }
        }
    }

    /** Tells those who were taken out by {@link #deny}. */
    Effect denied() {
        Effect told = denied;
        if (told != Effect.NONE) {
            denied = Effect.NONE;
        }
        return told;
    }

    /** The newest revision that somebody waits for; zero if nobody does. */
    long newest() {
        long newest = 0;
        for (Waiter waiter : waiting) {
            newest = Revision.isNewer(waiter.bits, newest) ? waiter.bits : newest;
        }
        return newest;
    }

    /** Takes out everybody. */
    List<SyncFuture<Revision>> all() {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<SyncFuture<Revision>> all = waiting.stream().map(Waiter::future).toList();
        waiting = List.of();
        return all;
    }

    private record Waiter(long bits, SyncFuture<Revision> future) {}
}
