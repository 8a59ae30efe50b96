package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.OnRegression;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.policy.Backoff;
import io.statesync.policy.Throttling;
import io.statesync.test.GatedProvider;
import io.statesync.test.HandSubscriber;
import io.statesync.test.ManualScheduler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A topic that was opened at run time, between whoever opened it and a context that pauses. */
class OpenedSyncTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final HandSubscriber events = HandSubscriber.confirming();

    private final RevisionSync<String> sync = RevisionSync.forTopic("cache:1")
            .subscriber(events)
            .provider(GatedProvider.at(1, "one"))
            .applier(snapshot -> {})
            .scheduler(scheduler)
            .executor(Runnable::run)
            .build();

    @Test
    void whatTheContextStartsAgainStaysWantedThoughAStartOfItsOwnerFails() {
        OpenedSync<String> opened = opened(sync);
        opened.startAsync().join();
        opened.pause().join();
        events.refuse(new IllegalStateException("nobody listens"));
        opened.resume(scheduler);
        assertThat(opened.startAsync()).isCompletedExceptionally();

        opened.pause().join();
        events.refuse(null);
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(events.open()).isZero();
        opened.resume(scheduler);

        assertThat(events.open()).isOne();
    }

    @Test
    void aStartThatFailsLateDoesNotUndoTheNewestOne() {
        AtomicReference<CompletableFuture<Void>> first = new AtomicReference<>(new CompletableFuture<>());
        OpenedSync<String> opened = opened(meeting("startAsync", () -> first.getAndSet(null)));
        CompletableFuture<Void> late = opened.startAsync();
        opened.startAsync().join();

        late.completeExceptionally(new IllegalStateException("nobody listened"));
        opened.pause().join();

        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
    }

    @Test
    void aPauseThatMeetsAStartOutlivesIt() {
        AtomicReference<OpenedSync<String>> opened = new AtomicReference<>();
        opened.set(opened(meeting("startAsync", () -> {
            opened.get().pause();
            return null;
        })));

        opened.get().startAsync();

        assertThat(events.open()).isZero();
        assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
    }

    private OpenedSync<String> opened(RevisionSync<String> engine) {
        TopicSettings settings = new TopicSettings(
                false,
                null,
                null,
                Startup.BACKGROUND,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Backoff.CATCH_UP,
                Throttling.NONE,
                null,
                OnRegression.IGNORE,
                null,
                null);
        OpenTopics owner = new OpenTopics(new TopicMemories(new StaticListableBeanFactory()));
        return new OpenedSync<>(engine, new SourceLog(SourceSettings.local()), settings, owner);
    }

    /** The same sync, which is met by something when a method is called; what that returns is returned, if anything. */
    @SuppressWarnings("unchecked")
    private RevisionSync<String> meeting(String name, Supplier<Object> met) {
        return (RevisionSync<String>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RevisionSync.class}, (proxy, method, arguments) -> {
                    Object instead = method.getName().equals(name) ? met.get() : null;
                    return instead == null ? method.invoke(sync, arguments) : instead;
                });
    }
}
