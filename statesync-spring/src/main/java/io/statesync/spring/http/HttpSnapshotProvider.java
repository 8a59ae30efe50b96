package io.statesync.spring.http;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.Topic;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.json.SnapshotCodec;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads one topic's snapshot; remembers the one tag that came with the last one. */
final class HttpSnapshotProvider<T> implements ConditionalSnapshotProvider<T> {

    private final Instances instances;
    private final JsonExchange exchange;
    private final SnapshotCodec codec;
    private final String topic;
    private final Type type;
    private final SnapshotSizes sizes;

    /** Replaced as a whole; a tag counts only together with the revision that it came with. */
    private volatile @Nullable Tagged last;

    HttpSnapshotProvider(
            Instances instances,
            JsonExchange exchange,
            SnapshotCodec codec,
            String topic,
            Type type,
            SnapshotSizes sizes) {
        this.instances = instances;
        this.exchange = exchange;
        this.codec = codec;
        this.topic = Topic.requireValid(topic);
        this.type = type;
        this.sizes = sizes;
    }

    @Override
    public SnapshotEnvelope<T> getSnapshot() throws InterruptedException {
        // never empty: nothing was asked conditionally
        return fetch(null).orElseThrow();
    }

    @Override
    public Optional<SnapshotEnvelope<T>> getSnapshotUnless(Revision known) throws InterruptedException {
        Tagged remembered = last;
        // what was received is not what was applied: a tag of another revision would hide a failed apply
        return fetch(remembered != null && remembered.revision().equals(known) ? remembered.etag() : null);
    }

    private Optional<SnapshotEnvelope<T>> fetch(@Nullable String etag) throws InterruptedException {
        return instances.ask(base -> {
            URI uri = URI.create(base + "/snapshots/" + Topic.encode(topic));
            Question question = new Question(topic, uri);
            return exchange.get(uri, question, etag, (body, headers) -> {
                SnapshotEnvelope<T> envelope = codec.decode(body, type);
                String received = headers.getFirst(HttpHeaders.ETAG);
                last = received == null ? null : new Tagged(envelope.revision(), received);
                sizes.measured(topic, body.count());
                return envelope;
            });
        });
    }

    private record Tagged(Revision revision, String etag) {}
}
