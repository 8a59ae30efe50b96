package io.statesync.spring;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.ProtocolException;
import io.statesync.Revision;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is heard of one topic from other instances, over one transport or several: an announcement that comes over two of
 * them is passed on once.
 */
final class HeardElsewhere implements InvalidationHandler {

    private static final Logger log = LoggerFactory.getLogger(HeardElsewhere.class);

    private final String topic;
    private final String self;
    private final Consumer<InvalidationEvent> events;
    private final Runnable restored;
    private final AtomicReference<@Nullable Announcement> last = new AtomicReference<>();

    /**
     * @param events hears of each announcement once, those of this instance included
     * @param restored is told when announcements may have been missed
     */
    HeardElsewhere(String topic, String self, Consumer<InvalidationEvent> events, Runnable restored) {
        this.topic = topic;
        this.self = self;
        this.events = events;
        this.restored = restored;
    }

    @Override
    public void onInvalidation(
            @Nullable String heardTopic,
            @Nullable String revision,
            @Nullable String sourceId,
            long timestampMs,
            @Nullable String traceparent) {
        if (!topic.equals(heardTopic)) {
            return;
        }
        try {
            Announcement announcement = new Announcement(Revision.parse(revision), sourceId);
            if (!announcement.equals(last.getAndSet(announcement))) {
                events.accept(
                        new InvalidationEvent(topic, announcement.revision(), sourceId, timestampMs, traceparent));
            }
        } catch (ProtocolException | IllegalArgumentException e) {
            log.debug("{} heard an announcement of topic {} that is none", self, topic, e);
        }
    }

    @Override
    public void onMalformed(@Nullable Object payload, Throwable error) {
        log.debug("{} heard a malformed announcement of topic {}", self, topic, error);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
        log.debug("{} does not hear announcements of topic {}", self, topic, cause);
    }

    @Override
    public void onConnectionRestored() {
        restored.run();
    }

    private record Announcement(Revision revision, @Nullable String sourceId) {}
}
