package io.statesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Who hears of changes, where, in which order, and whom a slow or broken one disturbs: nobody. */
class ChangeFeedTest {

    private final ChangeFeed<String> feed = new ChangeFeed<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void aSlowListenerHearsWhatItMissedAsOneChange() {
        feed.register(this::hear, tasks::add);
        tell(1);
        tell(2);
        tell(3);
        assertThat(tasks).hasSize(1);

        tasks.remove().run();
        assertThat(heard).containsExactly("0>3@3");
        assertThat(tasks).isEmpty();

        tell(4);
        tasks.remove().run();
        assertThat(heard).containsExactly("0>3@3", "3>4@4");
    }

    @Test
    void whatComesWhileItIsToldIsToldNextAndTheThreadIsHandedBackBefore() {
        feed.register(
                change -> {
                    hear(change);
                    if (change.revision().bits() == 1) {
                        tell(2);
                        tell(3);
                    }
                },
                tasks::add);
        tell(1);
        tasks.remove().run();
        assertThat(heard).containsExactly("0>1@1");

        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(heard).containsExactly("0>1@1", "1>3@3");
        assertThat(tasks).isEmpty();
    }

    @Test
    void oneThatThrowsHearsTheNextChangeAndTheOthersHearAll() {
        feed.register(
                change -> {
                    hear(change);
                    throw new IllegalStateException("broken at " + change.revision());
                },
                Runnable::run);
        feed.register(this::hear, Runnable::run);

        tell(1);
        tell(2);

        assertThat(heard).containsExactly("0>1@1", "0>1@1", "1>2@2", "1>2@2");
    }

    @Test
    void whatAnExecutorRefusedIsToldWithTheNextChange() {
        List<Runnable> taken = new ArrayList<>();
        feed.register(this::hear, task -> {
            taken.add(task);
            if (taken.size() == 1) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        });

        tell(1);
        assertThat(heard).isEmpty();
        tell(2);

        assertThat(heard).containsExactly("0>2@2");
    }

    @Test
    void afterTheRegistrationIsClosedNothingBeginsAnyMore() {
        Registration registration = feed.register(this::hear, tasks::add);
        tell(1);
        registration.close();
        registration.close();
        tasks.remove().run();
        tell(2);

        assertThat(heard).isEmpty();
        assertThat(tasks).isEmpty();
    }

    @Test
    void aBlockedListenerDelaysNeitherReadersNorAppliersNorOthers() throws Exception {
        SyncedState<String> state = SyncedState.withInitial("0");
        SyncedState<String> other = SyncedState.withInitial("0");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> slow = new CopyOnWriteArrayList<>();
        List<String> quick = new CopyOnWriteArrayList<>();
        state.onChange(change -> {
            slow.add(text(change));
            blocked.countDown();
            uninterruptibly(release);
        });
        state.onChange(change -> quick.add(text(change)));
        other.onChange(change -> quick.add("other " + text(change)));

        state.apply(change(1));
        blocked.await();
        await().until(() -> quick.contains("0>1@1"));
        state.apply(change(2));
        assertThat(state.get()).isEqualTo("2");
        await().until(() -> quick.contains("1>2@2"));
        state.apply(change(3));
        other.apply(change(1));
        await().until(() -> quick.contains("2>3@3") && quick.contains("other 0>1@1"));
        assertThat(slow).containsExactly("0>1@1");

        release.countDown();
        await().until(() -> slow.size() == 2);
        assertThat(slow).containsExactly("0>1@1", "1>3@3");
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void hear(StateChange<String> change) {
        heard.add(text(change));
    }

    private static String text(StateChange<String> change) {
        return change.before() + ">" + change.after() + "@" + change.revision();
    }

    private static SnapshotEnvelope<String> change(long revision) {
        return new SnapshotEnvelope<>(new Revision(revision), "" + revision);
    }

    private void tell(long revision) {
        feed.tell(new StateChange<>("" + (revision - 1), "" + revision, new Revision(revision), null));
    }
}
