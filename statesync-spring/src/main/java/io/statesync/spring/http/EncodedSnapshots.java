package io.statesync.spring.http;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.json.SnapshotCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The newest encoded snapshot of each topic: read, serialised and compressed once per revision, however many replicas ask.
 * Everything is keyed by the revision that is read when the request arrives (P6), so what is served is never older than
 * what the source had issued by then.
 */
final class EncodedSnapshots {

    private final SnapshotCodec codec;
    private final BoundedWait patience;
    private final Semaphore joiners;
    private final SnapshotSizes sizes;

    /** By topic; written only by the one flight of the topic. */
    private final ConcurrentMap<String, EncodedSnapshot> newest = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, CompletableFuture<EncodedSnapshot>> flights = new ConcurrentHashMap<>();

    EncodedSnapshots(SnapshotCodec codec, int joiners, BoundedWait patience, SnapshotSizes sizes) {
        this.codec = codec;
        this.joiners = new Semaphore(joiners);
        this.patience = patience;
        this.sizes = sizes;
    }

    /**
     * The topic's snapshot now.
     *
     * @throws SourceUnreadable if the source fails; whoever waited for the same reading fails with it
     * @throws TurnedAway if too many wait for a slow source, or one waits too long
     */
    EncodedSnapshot get(ExposedTopic topic) throws SourceUnreadable, InterruptedException {
        Revision current = revisionOf(topic);
        EncodedSnapshot known = known(topic, current);
        if (known != null) {
            return known;
        }
        CompletableFuture<EncodedSnapshot> mine = new CompletableFuture<>();
        CompletableFuture<EncodedSnapshot> running = flights.putIfAbsent(topic.topic(), mine);
        if (running != null) {
            EncodedSnapshot joined = join(topic, running);
            if (joined.revision().equals(current) || joined.revision().equals(revisionOf(topic))) {
                return joined;
            }
            // that reading began before this request and brought another revision; one that begins now is as new as it
            // must be, whatever its label
            running = flights.putIfAbsent(topic.topic(), mine);
        }
        return running == null ? lead(topic, current, mine) : join(topic, running);
    }

    private static Revision revisionOf(ExposedTopic topic) throws SourceUnreadable, InterruptedException {
        return requireNonNull(
                currentOf(topic.revisions(), List.of(topic.topic())).get(topic.topic()));
    }

    /** The revisions of exposed topics; one of which none was issued yet is at 0, as its snapshot says too. */
    static Map<String, Revision> currentOf(RevisionReader reader, List<String> topics)
            throws SourceUnreadable, InterruptedException {
        try {
            Map<String, Revision> current = reader.current(topics);
            return topics.stream()
                    .distinct()
                    .collect(toMap(topic -> topic, topic -> current.getOrDefault(topic, Revision.ZERO)));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SourceUnreadable("its revision cannot be read: " + e, e, true);
        }
    }

    private @Nullable EncodedSnapshot known(ExposedTopic topic, Revision current) {
        EncodedSnapshot known = newest.get(topic.topic());
        return known != null && known.revision().equals(current) ? known : null;
    }

    private EncodedSnapshot lead(ExposedTopic topic, Revision current, CompletableFuture<EncodedSnapshot> flight)
            throws SourceUnreadable, InterruptedException {
        EncodedSnapshot encoded = null;
        Throwable failure = null;
        try {
            encoded = known(topic, current);
            if (encoded == null) {
                encoded = encode(read(topic));
                newest.put(topic.topic(), encoded);
                sizes.measured(topic.topic(), encoded.plain().bytes().length);
            }
            return encoded;
        } catch (SourceUnreadable | InterruptedException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            // first out of the map: whoever is woken up must not find the flight that has just ended
            flights.remove(topic.topic(), flight);
            if (failure == null) {
                flight.complete(encoded);
            } else {
                flight.completeExceptionally(failure);
            }
        }
    }

    private static SnapshotEnvelope<?> read(ExposedTopic topic) throws SourceUnreadable, InterruptedException {
        SnapshotEnvelope<?> envelope;
        try {
            envelope = topic.provider().getSnapshot();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new SourceUnreadable("its state cannot be read: " + e, e, true);
        }
        if (envelope == null) {
            throw new SourceUnreadable(
                    "its provider returned null", new IllegalStateException("no snapshot envelope"), false);
        }
        return envelope;
    }

    private EncodedSnapshot encode(SnapshotEnvelope<?> envelope) throws SourceUnreadable {
        try {
            return EncodedSnapshot.of(envelope, codec);
        } catch (RuntimeException e) {
            throw new SourceUnreadable("its state cannot be written as JSON: " + e, e, false);
        }
    }

    private EncodedSnapshot join(ExposedTopic topic, CompletableFuture<EncodedSnapshot> flight)
            throws SourceUnreadable, InterruptedException {
        if (!joiners.tryAcquire()) {
            throw new TurnedAway("too many requests wait for topic \"" + topic.topic() + "\" to be read");
        }
        try {
            return patience.await(flight);
        } catch (TimeoutException e) {
            throw new TurnedAway("topic \"" + topic.topic() + "\" is not read yet after "
                    + patience.atMost().toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceUnreadable same) {
                throw same;
            }
            throw new SourceUnreadable("another request read it in vain: " + e.getCause(), e.getCause(), true);
        } finally {
            joiners.release();
        }
    }
}
