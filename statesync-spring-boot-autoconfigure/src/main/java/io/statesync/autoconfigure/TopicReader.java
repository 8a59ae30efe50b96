package io.statesync.autoconfigure;

import io.statesync.policy.Backoff;
import io.statesync.policy.RetryAfter;
import io.statesync.policy.RetryPolicy;
import io.statesync.policy.Throttling;
import io.statesync.spring.SetupException;
import io.statesync.spring.TopicSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the settings of topics, each with those of {@code statesync.defaults} where it has none of its own. */
record TopicReader(StateSyncProperties.Defaults defaults) {

    /** What holds for a topic that says nothing. */
    TopicSettings defaultTopic() {
        return new TopicSettings(
                false,
                defaults.source(),
                null,
                defaults.startup(),
                Checks.positive("statesync.defaults.startup-timeout", defaults.startupTimeout()),
                Checks.positive("statesync.defaults.fetch-timeout", defaults.fetchTimeout()),
                Checks.positive("statesync.defaults.stop-timeout", defaults.stopTimeout()),
                catchUp("statesync.defaults", new StateSyncProperties.TopicCatchUp(null, null)),
                throttling("statesync.defaults", new StateSyncProperties.TopicThrottling(null, null, null, null)),
                retry(
                        "statesync.defaults",
                        new StateSyncProperties.TopicRetry(null, null, null, null),
                        defaults.fetchTimeout()),
                defaults.onRegression(),
                maxStaleness("statesync.defaults", null),
                persistence().of("statesync.defaults", PersistenceReader.NOTHING));
    }

    TopicSettings topic(String topic, StateSyncProperties.Topic it) {
        String prefix = "statesync.topics." + topic;
        Duration fetchTimeout =
                Checks.positive(prefix + ".fetch-timeout", or(it.fetchTimeout(), defaults.fetchTimeout()));
        return new TopicSettings(
                it.expose(),
                it.source(),
                it.type(),
                or(it.startup(), defaults.startup()),
                Checks.positive(prefix + ".startup-timeout", or(it.startupTimeout(), defaults.startupTimeout())),
                fetchTimeout,
                Checks.positive(prefix + ".stop-timeout", or(it.stopTimeout(), defaults.stopTimeout())),
                catchUp(prefix, it.catchUp()),
                throttling(prefix, it.throttling()),
                retry(prefix, it.retry(), fetchTimeout),
                or(it.onRegression(), defaults.onRegression()),
                maxStaleness(prefix, it.maxStaleness()),
                persistence().of(prefix, it.persistence()));
    }

    private PersistenceReader persistence() {
        return new PersistenceReader(defaults.persistence());
    }

    private @Nullable Duration maxStaleness(String prefix, @Nullable Duration own) {
        Duration limit = own == null ? defaults.maxStaleness() : own;
        return limit == null ? null : Checks.positive(prefix + ".max-staleness", limit);
    }

    private Backoff catchUp(String prefix, StateSyncProperties.TopicCatchUp own) {
        return Checks.backoff(
                prefix + ".catch-up",
                or(own.initial(), defaults.catchUp().initial()),
                or(own.max(), defaults.catchUp().max()));
    }

    /* A topic with a debounce or a throttle of its own leaves alone what the defaults say of theirs. */
    private Throttling throttling(String prefix, StateSyncProperties.TopicThrottling own) {
        StateSyncProperties.Throttling others = defaults.throttling();
        Duration debounce = Checks.notNegative(prefix + ".throttling.debounce", or(own.debounce(), others.debounce()));
        Duration throttle = Checks.notNegative(prefix + ".throttling.throttle", or(own.throttle(), others.throttle()));
        Duration maxWait = own.maxWait() == null && own.debounce() == null ? others.maxWait() : own.maxWait();
        boolean leading = own.leading() != null ? own.leading() : own.throttle() != null || others.leading();
        return Checks.valid(
                prefix + ".throttling: ",
                "Set " + prefix + ".throttling.debounce and .max-wait, which is not the shorter one, or .throttle and"
                        + " .leading, or both pairs.",
                () -> {
                    Throttling windows = Throttling.debounce(debounce);
                    return new Throttling(debounce, or(maxWait, windows.maxWait()), throttle, leading);
                });
    }

    private @Nullable RetryPolicy retry(String prefix, StateSyncProperties.TopicRetry own, Duration fetchTimeout) {
        StateSyncProperties.Retry others = defaults.retry();
        String key = prefix + ".retry";
        int attempts = Checks.atLeast(1, key + ".max-attempts", or(own.maxAttempts(), others.maxAttempts()));
        double factor = or(own.factor(), others.factor());
        Backoff delays = Checks.backoff(key, or(own.initial(), others.initial()), or(own.max(), others.max()));
        Backoff growing =
                Checks.valid(key + ".factor: ", "Set it to 1 or more, such as 2.", () -> delays.withFactor(factor));
        requireTime(prefix, attempts, growing, fetchTimeout);
        return attempts == 1 ? null : new RetryPolicy(attempts, growing, TopicReader::isWorthAnAttemptNow);
    }

    /* A source that said when to come again is left to the catch-up, which holds no thread while it waits. */
    private static boolean isWorthAnAttemptNow(Throwable error) {
        return !(error instanceof RetryAfter);
    }

    /* A fetch ends with its time-out, all attempts included (E9): what cannot come before that is a mistake. */
    private static void requireTime(String prefix, int attempts, Backoff delays, Duration fetchTimeout) {
        Duration waited = Duration.ZERO;
        for (int failures = 1; failures < attempts; failures++) {
            waited = waited.plus(delays.cap(failures));
            if (waited.compareTo(fetchTimeout) >= 0) {
                throw new SetupException(
                        prefix + ".retry.max-attempts is " + attempts + ", but by attempt " + (failures + 1)
                                + " the delays alone may take " + Checks.text(waited) + ", and " + prefix
                                + ".fetch-timeout ends them all after " + Checks.text(fetchTimeout) + ".",
                        "Set fewer attempts or shorter delays (" + prefix + ".retry.max), or a longer fetch-timeout.");
            }
        }
    }

    private static <T> T or(@Nullable T own, T otherwise) {
        return own == null ? otherwise : own;
    }
}
