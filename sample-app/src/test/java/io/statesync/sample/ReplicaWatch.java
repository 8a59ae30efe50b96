package io.statesync.sample;

import io.statesync.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the feature flags of a replica all the time, and notes whatever a reader must never see. */
final class ReplicaWatch implements AutoCloseable {

    private final SampleProcess replica;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    /* used by the thread alone */
    private Revision newest = Revision.ZERO;
    private int flags;

    private final AtomicInteger looks = new AtomicInteger();

    ReplicaWatch(SampleProcess replica) {
        this.replica = replica;
        this.looking = thread.scheduleWithFixedDelay(this::look, 0, 5, TimeUnit.MILLISECONDS);
    }

    /** Where it went back, in its revision or in its data, or did not answer. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    int looks() {
        return looks.get();
    }

    private void look() {
        try {
            SampleClient.Answer answer = replica.get("/api/feature-flags");
            Revision revision = Revision.parse(answer.text("/revision"));
            int size = answer.body().at("/data").size();
            if (newest.isNewerThan(revision) || flags > size) {
                complaints.add("from " + newest + " with " + flags + " flags to " + revision + " with " + size);
            }
            newest = revision;
            flags = size;
            looks.incrementAndGet();
        } catch (RuntimeException e) {
            complaints.add(e.toString());
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdown();
    }
}
