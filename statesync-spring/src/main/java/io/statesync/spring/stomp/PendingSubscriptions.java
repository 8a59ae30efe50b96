package io.statesync.spring.stomp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.TextMessage;

/**
 * What a connection was asked and has not answered yet. Subscriptions pipeline, without waiting for each other; only after
 * an ERROR that does not say whom it means, fewer and fewer at a time, until the one that is refused is known. Guarded by
 * its link's lock.
 */
final class PendingSubscriptions {

    private final Deque<TopicSubscription> toSend = new ArrayDeque<>();
    private final Deque<String> toEnd = new ArrayDeque<>();
    private final Map<String, TopicSubscription> unconfirmed = new LinkedHashMap<>();
    private final Set<String> leaving = new HashSet<>();
    private int window = Integer.MAX_VALUE;

    void queue(TopicSubscription subscription) {
        toSend.add(subscription);
    }

    /** Those that a server has taken before go first: the refusal of a new one ends the connection for all. */
    void queueAll(Collection<TopicSubscription> subscriptions) {
        subscriptions.stream().filter(TopicSubscription::everConfirmed).forEach(toSend::add);
        subscriptions.stream().filter(s -> !s.everConfirmed()).forEach(toSend::add);
    }

    /** Ends it at the server, but only once the server has it: frames of one client may overtake each other there. */
    void leave(TopicSubscription subscription) {
        switch (subscription.phase()) {
            case WAITING -> toSend.remove(subscription);
            case SENT -> leaving.add(subscription.id());
            case CONFIRMED -> toEnd.add(subscription.id());
        }
    }

    boolean hasWork() {
        return !toEnd.isEmpty() || !toSend.isEmpty() && unconfirmed.size() < window;
    }

    boolean hasUnconfirmed() {
        return !unconfirmed.isEmpty();
    }

    @Nullable
    TextMessage nextFrame() {
        String gone = toEnd.poll();
        if (gone != null) {
            return StompFrames.unsubscribe(gone);
        }
        TopicSubscription next = unconfirmed.size() < window ? toSend.poll() : null;
        if (next == null) {
            return null;
        }
        next.sent();
        unconfirmed.put(next.id(), next);
        return StompFrames.subscribe(next.id(), next.topic());
    }

    @Nullable
    TopicSubscription confirm(String id) {
        TopicSubscription subscription = unconfirmed.remove(id);
        if (unconfirmed.isEmpty() && toSend.isEmpty()) {
            window = Integer.MAX_VALUE;
        }
        if (subscription == null) {
            return null;
        }
        if (leaving.remove(id)) {
            toEnd.add(id);
            return null;
        }
        subscription.confirmed();
        return subscription;
    }

    List<TopicSubscription> confirmAll() {
        List<TopicSubscription> confirmed = new ArrayList<>();
        for (String id : List.copyOf(unconfirmed.keySet())) {
            TopicSubscription subscription = confirm(id);
            if (subscription != null) {
                confirmed.add(subscription);
            }
        }
        return confirmed;
    }

    /** Whom the end of the connection was meant for; null if for nobody, or not known yet. */
    @Nullable
    TopicSubscription refused(Throwable cause) {
        if (!(cause instanceof StompErrorException error)) {
            return null;
        }
        String named = error.receiptId();
        if (named == null && unconfirmed.size() == 1) {
            named = unconfirmed.keySet().iterator().next();
        }
        if (named == null && !unconfirmed.isEmpty()) {
            window = unconfirmed.size() / 2;
        }
        return named == null || leaving.contains(named) ? null : unconfirmed.get(named);
    }

    void clear() {
        toSend.clear();
        toEnd.clear();
        unconfirmed.clear();
        leaving.clear();
    }
}
