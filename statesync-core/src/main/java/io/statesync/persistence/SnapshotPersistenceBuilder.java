package io.statesync.persistence;

import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.RefreshPool;
import io.statesync.policy.Scheduler;
import io.statesync.policy.Throttling;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link SnapshotPersistence}: topic, storage and codec, then what has a default. Not safe for use by several
 * threads.
 */
public final class SnapshotPersistenceBuilder<T> {

    private static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Backoff DEFAULT_RETRY = Backoff.of(Duration.ofSeconds(1), Duration.ofMinutes(1));

    final String topic;
    final SnapshotStorage storage;
    final VersionedCodec<T> codec;

    Throttling throttling = Throttling.NONE;
    Compression compression = Compression.NONE;
    Integrity integrity = Integrity.crc32c();
    Backoff retry = DEFAULT_RETRY;
    Executor executor = RefreshPool.shared();
    Scheduler scheduler = Scheduler.system();
    InstantSource clock = Clock.systemUTC();
    Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;

    @Nullable
    Duration ttl;

    boolean ignoreTtl;

    final List<SnapshotValidator<? super T>> validators = new ArrayList<>();
    final List<PersistenceListener> listeners = new ArrayList<>();

    private SnapshotPersistenceBuilder(StorageStep start, SnapshotStorage storage, VersionedCodec<T> codec) {
        this.topic = start.topic;
        this.storage = storage;
        this.codec = codec;
        if (codec.version() < 0 || codec.version() == RecordVersion.TOMBSTONE) {
            throw new IllegalArgumentException("the version of the codec of topic \"" + topic + "\" is "
                    + codec.version() + ": it must be 0 or larger, and below " + RecordVersion.TOMBSTONE);
        }
    }

    /** How often what is applied may lead to a save; by default each snapshot is saved if it is not overtaken meanwhile. */
    public SnapshotPersistenceBuilder<T> throttling(Throttling newThrottling) {
        this.throttling = newThrottling;
        return this;
    }

    /**
     * How payloads are stored; {@link Compression#NONE} by default. What none, gzip and this one wrote can be read.
     *
     * @throws IllegalArgumentException if its id is not its own to use
     */
    public SnapshotPersistenceBuilder<T> compression(Compression newCompression) {
        boolean known = newCompression == Compression.NONE || newCompression == Compression.GZIP;
        if (!known && (newCompression.id() < Compression.FIRST_CUSTOM_ID || newCompression.id() > 255)) {
            throw new IllegalArgumentException("the id of the compression \"" + newCompression.name() + "\" is "
                    + newCompression.id() + ": take one of " + Compression.FIRST_CUSTOM_ID + " to 255");
        }
        this.compression = newCompression;
        return this;
    }

    /** How damage is found; {@link Integrity#crc32c()} by default. */
    public SnapshotPersistenceBuilder<T> integrity(Integrity newIntegrity) {
        this.integrity = newIntegrity;
        return this;
    }

    /** How long after its saving a record may be used; by default for ever. */
    public SnapshotPersistenceBuilder<T> ttl(Duration timeToLive) {
        this.ttl = Durations.positive("ttl of topic \"" + topic + "\"", timeToLive);
        return this;
    }

    /** Uses a record however old it is: better old than nothing. */
    public SnapshotPersistenceBuilder<T> ignoreTtl() {
        this.ignoreTtl = true;
        return this;
    }

    /** Adds one that looks at each snapshot that is loaded. */
    public SnapshotPersistenceBuilder<T> validator(SnapshotValidator<? super T> validator) {
        this.validators.add(validator);
        return this;
    }

    /** Adds an observer. */
    public SnapshotPersistenceBuilder<T> listener(PersistenceListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** After which delay a save is tried again that the storage failed; 1 s to 1 min by default. */
    public SnapshotPersistenceBuilder<T> retry(Backoff backoff) {
        this.retry = backoff;
        return this;
    }

    /**
     * Where codec, storage, validators and listeners run; by default {@link RefreshPool#shared()}, which also takes what
     * this executor refuses: a save is not lost because the executor was shut down first.
     */
    public SnapshotPersistenceBuilder<T> executor(Executor newExecutor) {
        this.executor = newExecutor;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public SnapshotPersistenceBuilder<T> scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** The date that records bear and the TTL is held against; by default the system's. */
    public SnapshotPersistenceBuilder<T> clock(InstantSource newClock) {
        this.clock = newClock;
        return this;
    }

    /** How long {@link SnapshotPersistence#close} may take to save what is pending; 10 s by default. */
    public SnapshotPersistenceBuilder<T> closeTimeout(Duration timeout) {
        this.closeTimeout = Durations.positive("closeTimeout of topic \"" + topic + "\"", timeout);
        return this;
    }

    /** Builds it; nothing happens until something is applied or asked. */
    public SnapshotPersistence<T> build() {
        return new DefaultSnapshotPersistence<>(this);
    }

    /** The topic is known; where are its records? */
    public static final class StorageStep {

        private final String topic;

        StorageStep(String topic) {
            this.topic = topic;
        }

        /** Where the records are. */
        public CodecStep storage(SnapshotStorage storage) {
            return new CodecStep(this, storage);
        }
    }

    /** The storage is known; how is the data written? */
    public static final class CodecStep {

        private final StorageStep start;
        private final SnapshotStorage storage;

        private CodecStep(StorageStep start, SnapshotStorage storage) {
            this.start = start;
            this.storage = storage;
        }

        /** How the data is written. */
        public <T> SnapshotPersistenceBuilder<T> codec(VersionedCodec<T> codec) {
            return new SnapshotPersistenceBuilder<>(start, storage, codec);
        }
    }
}
