package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.test.ManualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

    private final ManualScheduler time = new ManualScheduler();
    private final BodyLimit limit = new BodyLimit(2, 2, new BoundedWait(time, Duration.ofSeconds(5)));

    @Test
    void thoseBeyondTheLimitWaitInOrderAndThoseBeyondTheQueueAreTurnedAway() throws Exception {
        List<Integer> entered = new CopyOnWriteArrayList<>();
        limit.enter();
        limit.enter();
        CompletableFuture<Void> third = enterLater(3, entered);
        await().until(() -> time.pendingTimers() == 1);
        CompletableFuture<Void> fourth = enterLater(4, entered);
        await().until(() -> time.pendingTimers() == 2);

        assertThatThrownBy(limit::enter).isInstanceOf(TurnedAway.class);

        limit.leave();
        third.join();
        assertThat(entered).containsExactly(3);
        limit.leave();
        fourth.join();
        assertThat(entered).containsExactly(3, 4);
    }

    @Test
    void nobodyWaitsLongerThanAllowed() throws Exception {
        limit.enter();
        limit.enter();
        CompletableFuture<Void> third = enterLater(3, new CopyOnWriteArrayList<>());
        await().until(() -> time.pendingTimers() == 1);

        time.advance(Duration.ofSeconds(5));

        assertThatThrownBy(third::join).hasCauseInstanceOf(TurnedAway.class);
        assertThat(limit.waiting()).isZero();
        limit.leave();
        limit.enter();
    }

    @Test
    void anInterruptedWaiterLeavesTheQueue() throws Exception {
        limit.enter();
        limit.enter();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                limit.enter();
                ended.complete(null);
            } catch (InterruptedException e) {
                ended.complete(e);
            }
        });
        waiter.start();
        await().until(() -> time.pendingTimers() == 1);

        waiter.interrupt();

        assertThat(ended.join()).isInstanceOf(InterruptedException.class);
        assertThat(limit.waiting()).isZero();
    }

    @Test
    void neverMoreThanTheLimitAreInside() {
        BodyLimit many = new BodyLimit(3, 100, new BoundedWait(time, Duration.ofSeconds(5)));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> runs = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(CompletableFuture.runAsync(
                    () -> {
                        for (int round = 0; round < 20; round++) {
                            enter(many);
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.yield();
                            inside.decrementAndGet();
                            many.leave();
                        }
                    },
                    task -> new Thread(task).start()));
        }
        runs.forEach(CompletableFuture::join);

        assertThat(most.get()).isBetween(1, 3);
        assertThat(many.waiting()).isZero();
    }

    private CompletableFuture<Void> enterLater(int name, List<Integer> entered) {
        return CompletableFuture.runAsync(
                () -> {
                    enter(limit);
                    entered.add(name);
                },
                task -> new Thread(task).start());
    }

    private static void enter(BodyLimit limit) {
        try {
            limit.enter();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
