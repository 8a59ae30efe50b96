package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Where a transport's messages enter: checks them, cheapest first (E6), and lets nothing be thrown into the transport. A
 * stale event costs two volatile reads and no allocation, and it looks at this object alone: with ten thousand
 * topics each further one would come from memory and not from a cache.
 */
final class EventIntake extends Token implements InvalidationHandler {

    private final Engine<?> engine;
    private final String topic;
    /** Whether somebody wants to hear of each event. */
    private final boolean watched;

    EventIntake(Engine<?> engine) {
        this.engine = engine;
        this.topic = engine.topic;
        this.watched = engine.observers.present();
    }

    @Override
    public void onInvalidation(
            @Nullable String ofTopic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {
        if (!live()) {
            return;
        }
        if (!topic.equals(ofTopic)) {
            if (ofTopic == null || ofTopic.isBlank()) {
                String problem =
                        "an invalidation without a topic arrived on the subscription of topic \"" + topic + '"';
                malformed(
                        new ReceivedInvalidation(ofTopic, revision, sourceId, timestampMs, traceparent),
                        new ProtocolException(problem),
                        sourceId);
            } else {
                told(0, InvalidationOutcome.FOREIGN);
            }
            return;
        }
        long bits;
        try {
            bits = Revision.parseBits(revision);
        } catch (ProtocolException e) {
            malformed(new ReceivedInvalidation(ofTopic, revision, sourceId, timestampMs, traceparent), e, sourceId);
            return;
        }
        if (!isNewer(bits)) {
            told(bits, InvalidationOutcome.STALE);
        } else if (passes(bits, sourceId, timestampMs, traceparent)) {
            told(bits, InvalidationOutcome.ACCEPTED);
            engine.invalidated(this, bits, timestampMs, traceparent);
        } else {
            told(bits, InvalidationOutcome.FILTERED);
        }
    }

    private void told(long bits, InvalidationOutcome outcome) {
        if (watched) {
            engine.observers.invalidation(bits, outcome);
        }
    }

    private boolean passes(long bits, @Nullable String sourceId, long timestampMs, @Nullable String traceparent) {
        InvalidationFilter filter = engine.effects.filter();
        if (filter == InvalidationFilter.ALL) {
            return true;
        }
        boolean usable = sourceId == null || sourceId.length() <= InvalidationEvent.MAX_SOURCE_ID_LENGTH;
        InvalidationEvent event =
                new InvalidationEvent(topic, new Revision(bits), usable ? sourceId : null, timestampMs, traceparent);
        try {
            return filter.shouldRefresh(event);
        } catch (Throwable thrown) {
            // better one fetch too many than a change that nobody sees
            engine.observers.error(context(SyncPhase.INVALIDATION, thrown, event.revision(), event.sourceId(), event));
            return true;
        }
    }

    @Override
    public void onMalformed(@Nullable Object payload, Throwable error) {
        if (live()) {
            malformed(payload, error, null);
        }
    }

    private void malformed(@Nullable Object payload, Throwable error, @Nullable String sourceId) {
        told(0, InvalidationOutcome.MALFORMED);
        engine.observers.error(context(SyncPhase.PROTOCOL, error, null, sourceId, payload));
    }

    private SyncErrorContext context(
            SyncPhase phase,
            Throwable error,
            @Nullable Revision eventRevision,
            @Nullable String sourceId,
            @Nullable Object event) {
        Revision local = new Revision(engine.ledger.local());
        return new SyncErrorContext(phase, topic, error, local, eventRevision, null, sourceId, event, 0, false, null);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
        engine.connectionLost(this, cause);
    }

    @Override
    public void onConnectionRestored() {
        engine.connectionRestored(this);
    }
}
