package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stream by its rules, on an executor that runs when told. */
class SnapshotPublisherTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final SnapshotPublisher<String> publisher = SnapshotPublisher.on(tasks::add);

    @Test
    void whoAsksForMuchGetsEach() {
        Recorder subscriber = subscribe(Long.MAX_VALUE);
        apply(1);
        settle();
        apply(2);
        settle();
        assertThat(subscriber.heard).containsExactly("1", "2");
    }

    @Test
    void whoIsTooSlowGetsTheNewestAndNothingIsQueued() {
        Recorder subscriber = subscribe(1);
        apply(1);
        settle();
        apply(2);
        apply(3);
        settle();
        assertThat(subscriber.heard).containsExactly("1");

        subscriber.subscription().request(5);
        settle();
        assertThat(subscriber.heard).containsExactly("1", "3");
        apply(4);
        settle();
        assertThat(subscriber.heard).containsExactly("1", "3", "4");
    }

    @Test
    void whoComesLateGetsTheNewestFirst() {
        apply(1);
        apply(2);
        Recorder subscriber = subscribe(1);
        assertThat(subscriber.heard).containsExactly("2");
    }

    @Test
    void nothingComesBeforeItIsAskedForAndNothingAfterTheCancellation() {
        Recorder subscriber = subscribe(0);
        apply(1);
        settle();
        assertThat(subscriber.heard).isEmpty();

        subscriber.subscription().request(1);
        subscriber.subscription().cancel();
        subscriber.subscription().cancel();
        settle();
        apply(2);
        assertThat(tasks).isEmpty();
        assertThat(subscriber.heard).isEmpty();
    }

    @Test
    void askingForLessThanOneIsAnError() {
        Recorder subscriber = subscribe(0);
        subscriber.subscription().request(0);
        settle();
        apply(1);
        settle();
        assertThat(subscriber.heard).containsExactly("error");
    }

    @Test
    void closingCompletesEverybodyAfterTheNewestSnapshot() {
        Recorder subscriber = subscribe(5);
        Recorder nothingAsked = subscribe(0);
        apply(1);
        publisher.close();
        publisher.close();
        settle();
        assertThat(subscriber.heard).containsExactly("1", "end");
        assertThat(nothingAsked.heard).containsExactly("end");

        assertThat(subscribe(1).heard).containsExactly("1", "end");
    }

    @Test
    void oneThatThrowsIsNotCalledAgainAndTheOthersAre() {
        Recorder broken = new Recorder(5) {
            @Override
            public void onNext(SnapshotEnvelope<String> snapshot) {
                super.onNext(snapshot);
                throw new IllegalStateException("broken");
            }
        };
        publisher.subscribe(broken);
        Recorder subscriber = subscribe(5);
        apply(1);
        settle();
        apply(2);
        settle();
        assertThat(broken.heard).containsExactly("1");
        assertThat(subscriber.heard).containsExactly("1", "2");
    }

    @Test
    void byDefaultTheSignalsComeFromThePool() throws Exception {
        SnapshotPublisher<String> pooled = SnapshotPublisher.create();
        List<String> threads = new ArrayList<>();
        CountDownLatch told = new CountDownLatch(1);
        pooled.subscribe(new Recorder(1) {
            @Override
            public void onNext(SnapshotEnvelope<String> snapshot) {
                threads.add(Thread.currentThread().getName());
                told.countDown();
            }
        });
        pooled.apply(new SnapshotEnvelope<>(new Revision(1), "1"));
        told.await();
        assertThat(threads).first().asString().startsWith("statesync-listener-");
    }

    private Recorder subscribe(long requests) {
        Recorder subscriber = new Recorder(requests);
        publisher.subscribe(subscriber);
        settle();
        return subscriber;
    }

    private void apply(long revision) {
        publisher.apply(new SnapshotEnvelope<>(new Revision(revision), "" + revision));
    }

    private void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static class Recorder implements Flow.Subscriber<SnapshotEnvelope<String>> {

        final List<String> heard = new ArrayList<>();
        private final long first;
        private Flow.@Nullable Subscription subscription;

        Recorder(long first) {
            this.first = first;
        }

        Flow.Subscription subscription() {
            assertThat(subscription).isNotNull();
            return subscription;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            assertThat(subscription).isNull();
            subscription = newSubscription;
            if (first > 0) {
                newSubscription.request(first);
            }
        }

        @Override
        public void onNext(SnapshotEnvelope<String> snapshot) {
            heard.add(snapshot.data());
        }

        @Override
        public void onError(Throwable thrown) {
            heard.add("error");
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }
}
