package io.statesync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A read was refused: the data has not been found current for longer than {@link RevisionSyncBuilder#maxStaleness} allows.
 * It goes away by itself with the next fetch or probe that finds the data current. Whoever wants the old value knowingly
 * reads the container's snapshot, which says how old it is.
 */
public final class StaleStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final @Nullable Duration age;
    private final Duration limit;

    StaleStateException(String topic, @Nullable Duration age, Duration limit) {
        super("topic \"" + topic + "\" is too stale to be read: "
                + (age == null
                        ? "it was never found current at its source"
                        : "it was last found current " + age + " ago")
                + ", and reads go on for at most " + limit + " (max-staleness)");
        this.topic = topic;
        this.age = age;
        this.limit = limit;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** Time since the data was last found current at its source; null if it never was. */
    public @Nullable Duration age() {
        return age;
    }

    /** For how long reads go on. */
    public Duration limit() {
        return limit;
    }
}
