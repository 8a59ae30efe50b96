package io.statesync.spring.stomp;

import io.statesync.Subscription;
import io.statesync.spring.delivery.Letter;
import io.statesync.spring.delivery.Mailbox;
import io.statesync.spring.json.InvalidationMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One topic of one subscriber, on whichever link it is at present. What changes it is called under that link's lock, and only
 * collects what there is to tell; {@link #wake} tells it.
 */
final class TopicSubscription implements Subscription {

    /** Where it stands with the link's present connection. */
    enum Phase {
        WAITING,
        SENT,
        CONFIRMED
    }

    private final String id;
    private final String topic;
    private final Mailbox mailbox;
    private final Consumer<TopicSubscription> onClose;
    private final CompletableFuture<Void> active = new CompletableFuture<>();

    /* guarded by the lock of the link that it is on */
    private Phase phase = Phase.WAITING;
    private boolean everConfirmed;
    private boolean up;

    private volatile boolean closed;

    TopicSubscription(String id, String topic, Mailbox mailbox, Consumer<TopicSubscription> onClose) {
        this.id = id;
        this.topic = topic;
        this.mailbox = mailbox;
        this.onClose = onClose;
    }

    String id() {
        return id;
    }

    String topic() {
        return topic;
    }

    Phase phase() {
        return phase;
    }

    boolean everConfirmed() {
        return everConfirmed;
    }

    void sent() {
        phase = Phase.SENT;
    }

    /** The server has it. */
    void confirmed() {
        phase = Phase.CONFIRMED;
        if (!everConfirmed) {
            everConfirmed = true;
            mailbox.put(new Letter.Outcome(() -> active.complete(null)));
        } else if (!up) {
            mailbox.put(new Letter.Restored());
        }
        up = true;
    }

    /** The connection is gone; told once per loss. */
    void lost(@Nullable Throwable cause) {
        phase = Phase.WAITING;
        if (up) {
            up = false;
            mailbox.put(new Letter.Lost(cause));
        }
    }

    void received(InvalidationMessage message) {
        mailbox.put(new Letter.Received(message));
    }

    /** Has delivered what the methods above put in; not to be called under a lock. */
    void wake() {
        mailbox.wake();
    }

    /** It will never be active. */
    void failed(Throwable cause) {
        mailbox.put(new Letter.Outcome(() -> active.completeExceptionally(cause)));
    }

    /** The transport is closed. */
    void abandoned(Throwable cause) {
        mailbox.close();
        active.completeExceptionally(cause);
    }

    @Override
    public CompletionStage<Void> active() {
        return active.minimalCompletionStage();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        mailbox.close();
        onClose.accept(this);
    }
}
