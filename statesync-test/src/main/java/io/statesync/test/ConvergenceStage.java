package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncErrorContext;
import io.statesync.memory.InMemorySource;
import io.statesync.policy.Backoff;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A topic with a source that counts its writes, and its replicas by name. One thread plays, a storm may write beside it. */
final class ConvergenceStage implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(5);

    private final ConvergenceScenario scenario;
    private final Supplier<? extends InvalidationSubscriber> subscribers;
    private final Duration patience;
    private final InMemorySource<Integer> source;
    private final RevisionProbe probe;
    private final Map<String, Replica> open = new ConcurrentHashMap<>();
    private volatile int copiesOfEachEvent = 1;

    ConvergenceStage(
            ConvergenceScenario scenario,
            Supplier<? extends InvalidationSubscriber> subscribers,
            InvalidationPublisher publisher,
            Duration probeInterval,
            Duration patience) {
        this.scenario = scenario;
        this.subscribers = subscribers;
        this.patience = patience;
        this.source = new InMemorySource<>(scenario.topic(), 0, event -> {
            for (int copy = 0; copy < copiesOfEachEvent; copy++) {
                publisher.publish(event);
            }
        });
        this.probe = new RevisionProbe(source, probeInterval, Scheduler.system(), RefreshPool.shared(), outcome -> {});
    }

    void playFirstHalf() throws Exception {
        scenario.firstHalf().on(this);
        awaitConvergence();
    }

    void playSecondHalf() throws Exception {
        scenario.secondHalf().on(this);
        awaitConvergence();
    }

    ConvergenceStage duplicateEvents() {
        copiesOfEachEvent = 2;
        return this;
    }

    ConvergenceStage open(String... names) {
        for (String name : names) {
            Replica replica = new Replica(name);
            open.put(name, replica);
            replica.sync.start();
        }
        return this;
    }

    ConvergenceStage closeReplicas(String... names) {
        for (String name : names) {
            Replica replica = open.remove(name);
            if (replica != null) {
                replica.sync.close();
            }
        }
        return this;
    }

    ConvergenceStage write(int times) {
        for (int i = 0; i < times; i++) {
            source.update(count -> count == null ? 1 : count + 1);
        }
        return this;
    }

    ConvergenceStage writePaced(int times) {
        for (int i = 0; i < times; i++) {
            CompletableFuture<Void> next = new CompletableFuture<>();
            Scheduler.system().schedule(() -> next.complete(null), PACE);
            next.join();
            write(1);
        }
        return this;
    }

    private void awaitConvergence() throws Exception {
        SnapshotEnvelope<Integer> truth = source.getSnapshot();
        for (Replica replica : open.values()) {
            Awaitility.await(scenario.id() + ": replica " + replica.name + " holds " + truth)
                    .atMost(patience)
                    .untilAsserted(() -> replica.assertHolds(truth));
        }
    }

    @Override
    public void close() {
        open.values().forEach(replica -> replica.sync.close());
        probe.close();
    }

    private final class Replica {

        private final String name;
        private final List<SnapshotEnvelope<Integer>> applied = new CopyOnWriteArrayList<>();
        private final List<SyncErrorContext> errors = new CopyOnWriteArrayList<>();
        private final RevisionSync<Integer> sync;

        Replica(String name) {
            this.name = name;
            this.sync = RevisionSync.forTopic(scenario.topic())
                    .subscriber(subscribers.get())
                    .provider(source)
                    .applier(applied::add)
                    .catchUp(Backoff.CATCH_UP)
                    .probe(probe)
                    .onError(errors::add)
                    .build();
        }

        void assertHolds(SnapshotEnvelope<Integer> truth) {
            String about = name + " with errors " + errors + " and " + sync.status();
            assertThat(applied).as(about).isNotEmpty().endsWith(truth);
            assertThat(sync.localRevision()).as(about).isEqualTo(truth.revision());
            assertThat(applied).as(about).extracting(SnapshotEnvelope::revision).isSorted();
        }
    }
}
