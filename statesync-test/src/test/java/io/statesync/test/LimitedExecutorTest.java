package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statesync.policy.LimitedExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LimitedExecutorTest {

    private final ManualExecutor target = new ManualExecutor();
    private final LimitedExecutor limited = new LimitedExecutor(target, 2);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void atMostTheLimitIsHandedOverAtOnce() {
        for (int task = 1; task <= 5; task++) {
            int number = task;
            limited.execute(() -> done.add(number));
        }
        assertThat(target.pendingTasks()).isEqualTo(2);

        target.runNext();
        assertThat(target.pendingTasks()).isEqualTo(2);
        target.runAll();

        assertThat(done).containsExactly(1, 2, 3, 4, 5);
        limited.execute(() -> done.add(6));
        assertThat(target.pendingTasks()).isEqualTo(1);
    }

    @Test
    void aTaskThatThrowsMakesRoomForTheNext() {
        LimitedExecutor single = new LimitedExecutor(target, 1);
        single.execute(() -> {
            throw new IllegalStateException("broken");
        });
        single.execute(() -> done.add(2));

        assertThatIllegalStateException().isThrownBy(target::runNext);
        target.runAll();

        assertThat(done).containsExactly(2);
    }

    @Test
    void aRefusalIsToldAndTakesNoRoom() {
        target.refuse(true);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> limited.execute(() -> done.add(0)));
        }
        target.refuse(false);

        limited.execute(() -> done.add(1));
        limited.execute(() -> done.add(2));
        target.runAll();

        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void aTargetThatCannotMakeAThreadTakesNoRoomEither() {
        List<Runnable> handed = new ArrayList<>();
        boolean[] exhausted = {true};
        LimitedExecutor single = new LimitedExecutor(
                task -> {
                    if (exhausted[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    handed.add(task);
                },
                1);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> single.execute(() -> done.add(0)));
        exhausted[0] = false;

        single.execute(() -> done.add(1));

        assertThat(handed).hasSize(1);
    }

    @Test
    void manyTasksThatWaitedRunAlsoWhenTheTargetRefusesFromThenOn() {
        LimitedExecutor single = new LimitedExecutor(target, 1);
        int tasks = 20_000;
        for (int task = 0; task < tasks; task++) {
            int number = task;
            single.execute(() -> done.add(number));
        }
        target.refuse(true);

        target.runAll();

        assertThat(done).hasSize(tasks).isSorted();
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LimitedExecutor(target, 0));
    }
}
