package io.statesync.spring;

import io.statesync.persistence.Compression;
import io.statesync.persistence.Integrity;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotPersistenceBuilder;
import io.statesync.policy.LimitedExecutor;
import io.statesync.policy.Scheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Puts together how topics are persisted, each as its settings say, and opens each storage when the first topic needs it.
 * Storages have a bounded share of the refresh pool. Safe for use by any thread.
 */
public final class PersistedTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PersistedTopics.class);

    /** How many records are read and written at once: a storage that hangs leaves the others' threads alone. */
    private static final int AT_ONCE = 4;

    private final ListableBeanFactory beans;
    private final PersistenceBeans tending;
    private final PersistenceTerms terms;
    private final Scheduler scheduler;
    private final Executor executor;

    /** By name. Each is opened once, by whoever puts its future in; others wait for that. */
    private final ConcurrentMap<String, CompletableFuture<PersistedStorage>> open = new ConcurrentHashMap<>();

    /** @param executor where records are read, written, encoded and decoded */
    public PersistedTopics(ListableBeanFactory beans, PersistenceTerms terms, Scheduler scheduler, Executor executor) {
        this.beans = beans;
        this.tending = new PersistenceBeans(beans);
        this.terms = terms;
        this.scheduler = scheduler;
        this.executor = new LimitedExecutor(executor, AT_ONCE);
    }

    /** Null if the topic is not persisted. */
    @Nullable
    PersistedTopic open(ReplicaDeclaration replica) {
        PersistenceSettings settings = replica.persistence();
        if (settings == null) {
            return null;
        }
        PersistedStorage storage = storage(settings);
        return new PersistedTopic(
                persistence(replica, settings, storage),
                settings,
                storage,
                scheduler,
                replica.settings().fetchTimeout(),
                terms.closeTimeout());
    }

    private SnapshotPersistence<Object> persistence(
            ReplicaDeclaration replica, PersistenceSettings settings, PersistedStorage storage) {
        SnapshotPersistenceBuilder<Object> builder = SnapshotPersistence.forTopic(replica.topic())
                .storage(storage.storage())
                .codec(tending.codec(replica, settings))
                .throttling(settings.throttling())
                .compression(compression(settings))
                .integrity(integrity(settings))
                .executor(executor)
                .scheduler(scheduler)
                .closeTimeout(terms.closeTimeout());
        Duration ttl = settings.ttl();
        if (ttl != null) {
            builder.ttl(ttl);
        }
        if (settings.ignoreTtl()) {
            builder.ignoreTtl();
        }
        tending.apply(replica, builder);
        return builder.build();
    }

    private Compression compression(PersistenceSettings settings) {
        Map<String, Compression> own = beans.getBeansOfType(Compression.class);
        return switch (settings.compression()) {
            case "none" -> Compression.NONE;
            case "gzip" -> Compression.GZIP;
            default -> {
                Compression found = own.get(settings.compression());
                if (found == null) {
                    throw new SetupException(
                            settings.property() + ".compression names \"" + settings.compression()
                                    + "\", which is not here."
                                    + TopicPlan.known(Stream.concat(Stream.of("none", "gzip"), own.keySet().stream())
                                            .toList()),
                            "Correct the name, or declare a bean of that name that is a Compression.");
                }
                yield found;
            }
        };
    }

    private Integrity integrity(PersistenceSettings settings) {
        return switch (settings.integrity()) {
            case CRC32C -> Integrity.crc32c();
            case SHA256 -> Integrity.sha256();
            case HMAC -> {
                String key = terms.hmacKey();
                if (key == null) {
                    throw new SetupException(
                            settings.property() + ".integrity is \"hmac\", but there is no key.",
                            "Set statesync.persistence.hmac-key to a secret of 16 characters or more, or the integrity to"
                                    + " \"sha256\".");
                }
                yield Integrity.hmacSha256(key.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private PersistedStorage storage(PersistenceSettings settings) {
        CompletableFuture<PersistedStorage> mine = new CompletableFuture<>();
        CompletableFuture<PersistedStorage> first = open.putIfAbsent(settings.storage(), mine);
        if (first != null) {
            return first.join();
        }
        try {
            PersistedStorage opened = driver(settings).open(settings.property() + ".storage=" + settings.storage());
            mine.complete(opened);
            return opened;
        } catch (RuntimeException | Error e) {
            open.remove(settings.storage(), mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private SnapshotStorageDriver driver(PersistenceSettings settings) {
        List<SnapshotStorageDriver> drivers = beans.getBeanProvider(SnapshotStorageDriver.class)
                .orderedStream()
                .toList();
        String property = settings.property() + ".storage";
        SnapshotStorageDriver found = Drivers.named(
                property,
                settings.storage(),
                drivers,
                SnapshotStorageDriver::name,
                SnapshotStorageDriver.class,
                PersistenceSettings.NONE);
        if (drivers.stream().filter(it -> it.name().equals(settings.storage())).count() > 1) {
            throw new SetupException(
                    property + " names \"" + settings.storage()
                            + "\", but several SnapshotStorageDriver beans have that" + " name.",
                    "Let each driver have a name of its own, or remove all but one.");
        }
        return found;
    }

    /** Closes the storages. The topics are closed by then. */
    @Override
    public void close() {
        open.values().stream()
                .filter(opened -> !opened.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .flatMap(opened -> Stream.of(opened.watch(), opened.storage()))
                .forEach(PersistedTopics::close);
        open.clear();
    }

    private static void close(@Nullable Object part) {
        if (part instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                log.warn("Could not close {}", part, e);
            }
        }
    }
}
