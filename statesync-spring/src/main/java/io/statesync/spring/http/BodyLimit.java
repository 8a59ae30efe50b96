package io.statesync.spring.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * At most so many bodies at once; then a bounded queue in order of arrival, in which nobody waits for ever; then {@link
 * TurnedAway}. Memory, threads and bandwidth stay bounded, however many replicas start at once.
 */
final class BodyLimit {

    private final int atOnce;
    private final int queued;
    private final BoundedWait patience;

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private final Deque<CompletableFuture<Void>> queue = new ArrayDeque<>();
    private int running;

    BodyLimit(int atOnce, int queued, BoundedWait patience) {
        this.atOnce = atOnce;
        this.queued = queued;
        this.patience = patience;
    }

    /** Takes a place, which {@link #leave} gives back; waits for one if it must. */
    void enter() throws InterruptedException {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        lock.lock();
        try {
            if (running < atOnce) {
                running++;
                return;
            }
            if (queue.size() >= queued) {
                throw new TurnedAway(atOnce + " snapshots are on their way and " + queued + " requests wait");
            }
            queue.add(turn);
        } finally {
            lock.unlock();
        }
        awaitTurn(turn);
    }

    private void awaitTurn(CompletableFuture<Void> turn) throws InterruptedException {
        try {
            patience.await(turn);
        } catch (TimeoutException | ExecutionException e) {
            if (withdraw(turn)) {
                throw new TurnedAway(
                        "no place became free within " + patience.atMost().toSeconds() + " s");
            }
            // the turn came at the very moment: it is ours
        } catch (InterruptedException | RuntimeException e) {
            if (!withdraw(turn)) {
                leave();
            }
            throw e;
        }
    }

    private boolean withdraw(CompletableFuture<Void> turn) {
        lock.lock();
        try {
            return queue.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back: to the first in the queue, if there is one. */
    void leave() {
        CompletableFuture<Void> next;
        lock.lock();
        try {
            next = queue.poll();
            if (next == null) {
                running--;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.complete(null);
        }
    }

    /** How many wait now. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }
}
