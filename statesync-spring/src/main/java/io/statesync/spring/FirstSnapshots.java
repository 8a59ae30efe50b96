package io.statesync.spring;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first snapshots that the start of the application waits for, each with its own deadline. */
final class FirstSnapshots {

    private static final Logger log = LoggerFactory.getLogger(FirstSnapshots.class);

    private final List<ReplicaStart> required;
    private final long since;
    private final Scheduler scheduler;

    FirstSnapshots(List<ReplicaStart> required, long since, Scheduler scheduler) {
        this.required = required;
        this.since = since;
        this.scheduler = scheduler;
    }

    void await() {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        List<Scheduler.Timer> timers = new ArrayList<>();
        for (ReplicaStart start : required) {
            CompletableFuture<Boolean> inTime = start.ready().thenApply(done -> true);
            answers.add(inTime);
            timers.add(scheduler.schedule(() -> inTime.complete(false), remaining(start)));
        }
        try {
            List<ReplicaStart> late = new ArrayList<>();
            for (int i = 0; i < required.size(); i++) {
                if (!answer(answers.get(i)) && !startsOnItsRestoredState(required.get(i))) {
                    late.add(required.get(i));
                }
            }
            if (!late.isEmpty()) {
                throw tooLate(late);
            }
        } finally {
            timers.forEach(Scheduler.Timer::cancel);
        }
    }

    private static boolean answer(CompletableFuture<Boolean> inTime) {
        try {
            return inTime.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CancellationException stopped ? stopped : e;
        }
    }

    private static boolean startsOnItsRestoredState(ReplicaStart start) {
        Replica replica = start.replica();
        PersistedTopic persisted = replica.persisted();
        if (persisted == null || !persisted.restored().isDone()) {
            return false;
        }
        log.warn(
                "Topic {}: no first snapshot from source {} after {} ms, the application starts on what was saved {}: {}",
                replica.topic(),
                replica.source().source(),
                replica.settings().startupTimeout().toMillis(),
                persisted.statistics().restoredSavedAt(),
                reason(start));
        return true;
    }

    private Duration remaining(ReplicaStart start) {
        return start.replica().settings().startupTimeout().minusNanos(scheduler.now() - since);
    }

    private static SetupException tooLate(List<ReplicaStart> late) {
        String problem =
                late.stream().map(FirstSnapshots::describe).collect(Collectors.joining(System.lineSeparator()));
        Replica first = late.get(0).replica();
        String topic = first.topic();
        return new SetupException(
                problem,
                "Start the source or correct its address ("
                        + first.source().property() + "). To start without a snapshot, set"
                        + " statesync.topics." + topic
                        + ".startup or statesync.defaults.startup to \"background\"; to wait"
                        + " longer, set statesync.defaults.startup-timeout.",
                late.get(0).lastError());
    }

    private static String describe(ReplicaStart start) {
        Replica replica = start.replica();
        return "Topic \"" + replica.topic() + "\" has no first snapshot from source "
                + replica.source().source() + " after "
                + replica.settings().startupTimeout().toMillis() + " ms: " + reason(start) + ".";
    }

    private static String reason(ReplicaStart start) {
        Throwable error = start.lastError();
        String problem = start.replica().source().problem();
        if (error != null) {
            return Reasons.of(error);
        }
        return problem == null ? "no answer yet" : "no connection for invalidations: " + problem;
    }
}
