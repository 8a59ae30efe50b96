package io.statesync;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import io.statesync.policy.Throttling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link RevisionSync}: first the three parts that it cannot be without, then what has a default. Not safe for
 * use by several threads; may build several syncs.
 */
public final class RevisionSyncBuilder<T> {

    final String topic;
    final InvalidationSubscriber subscriber;
    final SnapshotProvider<T> provider;
    final SnapshotApplier<? super T> applier;

    private InvalidationFilter filter = Settings.DEFAULTS.filter();
    Throttling throttling = Throttling.NONE;

    @Nullable
    Backoff catchUp;

    @Nullable
    Duration maxStaleness;

    private Duration fetchTimeout = Settings.DEFAULTS.fetchTimeout();
    private Duration stopTimeout = Settings.DEFAULTS.stopTimeout();
    private Executor executor = Settings.DEFAULTS.executor();
    private Scheduler scheduler = Settings.DEFAULTS.scheduler();
    private OnRegression onRegression = OnRegression.IGNORE;

    private @Nullable RevisionProbe probe;
    private @Nullable RoundObserver observer;

    final List<SyncListener> listeners = new ArrayList<>();

    private RevisionSyncBuilder(ProviderStep parts, SnapshotProvider<T> provider, SnapshotApplier<? super T> applier) {
        this.topic = parts.topic;
        this.subscriber = parts.subscriber;
        this.provider = provider;
        this.applier = applier;
    }

    /** Which newer events lead to a fetch; by default all. */
    public RevisionSyncBuilder<T> shouldRefresh(InvalidationFilter newFilter) {
        this.filter = newFilter;
        return this;
    }

    /** How often events may lead to a fetch; by default each does. Explicit and first refreshes are not throttled (E13). */
    public RevisionSyncBuilder<T> throttling(Throttling newThrottling) {
        this.throttling = newThrottling;
        return this;
    }

    /**
     * Fetches again by itself, after the back-off, while a round failed or the topic is behind (E5); see {@link
     * Backoff#CATCH_UP}. By default the next event, probe or refresh does it.
     */
    public RevisionSyncBuilder<T> catchUp(Backoff backoff) {
        this.catchUp = backoff;
        return this;
    }

    /** How long a fetch may take, over all attempts of a retry wrapper (E9); 30 s by default. */
    public RevisionSyncBuilder<T> fetchTimeout(Duration timeout) {
        this.fetchTimeout = Durations.positive("fetchTimeout of topic \"" + topic + "\"", timeout);
        return this;
    }

    /** How long a stop waits for a running apply before it interrupts it (E2); 10 s by default. */
    public RevisionSyncBuilder<T> stopTimeout(Duration timeout) {
        this.stopTimeout = Durations.positive("stopTimeout of topic \"" + topic + "\"", timeout);
        return this;
    }

    /**
     * How long a container that this sync feeds may be read after its data was last found current; then reads throw {@link
     * StaleStateException} until it is found current again. By default reads go on for ever. Only a fetch or a probe finds
     * data current: without a {@link #probe}, a topic that is seldom fetched counts as stale though nothing has changed.
     * Data that never was found current gets the limit once, from the moment when the sync is built.
     */
    public RevisionSyncBuilder<T> maxStaleness(Duration limit) {
        this.maxStaleness = Durations.positive("maxStaleness of topic \"" + topic + "\"", limit);
        return this;
    }

    /** What to do when the source has gone back (E11); {@link OnRegression#IGNORE} by default. */
    public RevisionSyncBuilder<T> onRegression(OnRegression reaction) {
        this.onRegression = reaction;
        return this;
    }

    Settings settings() {
        return new Settings(filter, executor, scheduler, fetchTimeout, stopTimeout, probe, observer).shared();
    }

    Regressions regressions() {
        if (onRegression != OnRegression.ACCEPT) {
            return Regressions.IGNORED;
        }
        Backoff backoff = catchUp == null ? Backoff.CATCH_UP : catchUp;
        return Regressions.acceptedAfter(backoff.cap(1));
    }

    /** Where the provider and the applier run; by default {@link RefreshPool#shared()}. */
    public RevisionSyncBuilder<T> executor(Executor newExecutor) {
        this.executor = newExecutor;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public RevisionSyncBuilder<T> scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** The probe of this topic's source; it asks for this topic while the sync is subscribed. By default there is none. */
    public RevisionSyncBuilder<T> probe(RevisionProbe newProbe) {
        this.probe = newProbe;
        return this;
    }

    /** Runs something around each round, such as the span of a trace; by default nothing, at no cost. */
    public RevisionSyncBuilder<T> observing(RoundObserver newObserver) {
        this.observer = newObserver;
        return this;
    }

    /** Adds an observer. */
    public RevisionSyncBuilder<T> listener(SyncListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** Adds an observer of errors alone. */
    public RevisionSyncBuilder<T> onError(Consumer<? super SyncErrorContext> callback) {
        return listener(new SyncListener() {
            @Override
            public void onError(SyncErrorContext context) {
                callback.accept(context);
            }
        });
    }

    /** Builds the sync; nothing happens until it is started or asked. */
    public RevisionSync<T> build() {
        return new DefaultRevisionSync<>(this);
    }

    /** The topic is known; where do its invalidations come from? */
    public static final class SubscriberStep {

        private final String topic;

        SubscriberStep(String topic) {
            this.topic = topic;
        }

        /** Where invalidations come from. */
        public ProviderStep subscriber(InvalidationSubscriber subscriber) {
            return new ProviderStep(topic, subscriber);
        }
    }

    /** The subscriber is known; where do its snapshots come from? */
    public static final class ProviderStep {

        private final String topic;
        private final InvalidationSubscriber subscriber;

        private ProviderStep(String topic, InvalidationSubscriber subscriber) {
            this.topic = topic;
            this.subscriber = subscriber;
        }

        /** Where snapshots come from. */
        public <T> ApplierStep<T> provider(SnapshotProvider<T> provider) {
            return new ApplierStep<>(this, provider);
        }
    }

    /** The provider is known; where do its snapshots go? */
    public static final class ApplierStep<T> {

        private final ProviderStep parts;
        private final SnapshotProvider<T> provider;

        private ApplierStep(ProviderStep parts, SnapshotProvider<T> provider) {
            this.parts = parts;
            this.provider = provider;
        }

        /** Where snapshots go. */
        public RevisionSyncBuilder<T> applier(SnapshotApplier<? super T> applier) {
            return new RevisionSyncBuilder<>(parts, provider, applier);
        }
    }
}
