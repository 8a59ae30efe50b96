package io.statesync;

import org.jspecify.annotations.Nullable;

/**
 * Where a transport's messages enter: checks them, cheapest first (E6), and lets nothing be thrown into the transport. A
 * stale event costs two volatile reads and no allocation.
 */
final class EventIntake implements InvalidationHandler {

    private final Engine<?> engine;
    private final Token token;
    private final InvalidationFilter filter;

    EventIntake(Engine<?> engine, Token token, InvalidationFilter filter) {
        this.engine = engine;
        this.token = token;
        this.filter = filter;
    }

    @Override
    public void onInvalidation(
            @Nullable String topic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {
        if (!engine.lifeCycle.holds(token)) {
            return;
        }
        if (!engine.topic.equals(topic)) {
            if (topic == null || topic.isBlank()) {
                String problem =
                        "an invalidation without a topic arrived on the subscription of topic \"" + engine.topic + '"';
                malformed(
                        new ReceivedInvalidation(topic, revision, sourceId, timestampMs, traceparent),
                        new ProtocolException(problem),
                        sourceId);
            } else {
                engine.observers.invalidation(0, InvalidationOutcome.FOREIGN);
            }
            return;
        }
        long bits;
        try {
            bits = Revision.parseBits(revision);
        } catch (ProtocolException e) {
            malformed(new ReceivedInvalidation(topic, revision, sourceId, timestampMs, traceparent), e, sourceId);
            return;
        }
        if (engine.ledger.isStale(bits)) {
            engine.observers.invalidation(bits, InvalidationOutcome.STALE);
        } else if (filter == InvalidationFilter.ALL || passes(bits, sourceId, timestampMs, traceparent)) {
            engine.observers.invalidation(bits, InvalidationOutcome.ACCEPTED);
            engine.invalidated(token, bits, timestampMs, traceparent);
        } else {
            engine.observers.invalidation(bits, InvalidationOutcome.FILTERED);
        }
    }

    private boolean passes(long bits, @Nullable String sourceId, long timestampMs, @Nullable String traceparent) {
        boolean usable = sourceId == null || sourceId.length() <= InvalidationEvent.MAX_SOURCE_ID_LENGTH;
        InvalidationEvent event = new InvalidationEvent(
                engine.topic, new Revision(bits), usable ? sourceId : null, timestampMs, traceparent);
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
        if (engine.lifeCycle.holds(token)) {
            malformed(payload, error, null);
        }
    }

    private void malformed(@Nullable Object payload, Throwable error, @Nullable String sourceId) {
        engine.observers.invalidation(0, InvalidationOutcome.MALFORMED);
        engine.observers.error(context(SyncPhase.PROTOCOL, error, null, sourceId, payload));
    }

    private SyncErrorContext context(
            SyncPhase phase,
            Throwable error,
            @Nullable Revision eventRevision,
            @Nullable String sourceId,
            @Nullable Object event) {
        Revision local = new Revision(engine.ledger.local());
        return new SyncErrorContext(
                phase, engine.topic, error, local, eventRevision, null, sourceId, event, 0, false, null);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
        engine.connectionLost(token, cause);
    }

    @Override
    public void onConnectionRestored() {
        engine.connectionRestored(token);
    }
}
