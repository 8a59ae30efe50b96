package io.statesync.spring.relay;

import io.statesync.policy.Scheduler;
import io.statesync.spring.delivery.Channel;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.json.InvalidationCodec;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** Hears one destination, and keeps the heart-beats of both sides on the thread that listens. */
final class RelayChannel implements Channel {

    private static final Logger log = LoggerFactory.getLogger(RelayChannel.class);
    private static final byte[] NO_BODY = new byte[0];
    private static final String ID = "statesync";

    /** The STOMP specification asks the receiver to allow for delays. */
    private static final int MARGIN = 3;

    private final RelayConnection connection;
    private final ChannelSubscriptions subscriptions;
    private final Scheduler scheduler;
    private final InvalidationCodec codec = new InvalidationCodec();

    /** In nanoseconds; the largest number for never. */
    private final long beatEvery;

    private final long silence;
    private final int wait;

    /* of the thread that listens */
    private long lastHeard;
    private long lastBeat;

    private RelayChannel(
            RelayConnection.Opened opened,
            Duration heartbeat,
            ChannelSubscriptions subscriptions,
            Scheduler scheduler) {
        this.connection = opened.connection();
        this.subscriptions = subscriptions;
        this.scheduler = scheduler;
        long own = heartbeat.toMillis();
        long sends = opened.heartbeats()[0];
        long wants = opened.heartbeats()[1];
        this.beatEvery = wants == 0 ? Long.MAX_VALUE : nanos(Math.max(own, wants));
        this.silence = sends == 0 ? Long.MAX_VALUE : nanos(Math.max(own, sends) * MARGIN);
        // twice as often as it beats, so that a beat is never late by more than half
        this.wait = RelayConnection.millis(heartbeat.dividedBy(2));
        this.lastHeard = scheduler.now();
        this.lastBeat = lastHeard;
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** Connects and subscribes; the broker has confirmed it on return. */
    static RelayChannel open(RelayBroker broker, ChannelSubscriptions subscriptions, Scheduler scheduler)
            throws IOException {
        RelayConnection.Opened opened = RelayConnection.open(broker, broker.heartbeat());
        StompHeaderAccessor subscribe = StompHeaderAccessor.create(StompCommand.SUBSCRIBE);
        subscribe.setSubscriptionId(ID);
        subscribe.setDestination(broker.destination());
        try {
            opened.connection().confirmed(subscribe, ID, NO_BODY, broker.answerTimeout());
        } catch (IOException | RuntimeException e) {
            opened.connection().abort();
            throw e;
        }
        return new RelayChannel(opened, broker.heartbeat(), subscriptions, scheduler);
    }

    @Override
    public void listen() throws IOException {
        hearAll();
        boolean heard = connection.receive(wait);
        long now = scheduler.now();
        if (heard) {
            lastHeard = now;
        } else if (now - lastHeard > silence) {
            throw new IOException("no sign of life of the broker for "
                    + Duration.ofNanos(silence).toMillis() + " ms");
        }
        hearAll();
        if (now - lastBeat >= beatEvery - Duration.ofMillis(wait).toNanos()) {
            connection.beat();
            lastBeat = now;
        }
    }

    private void hearAll() throws IOException {
        for (StompHeaderAccessor frame = connection.next(); frame != null; frame = connection.next()) {
            if (frame.getCommand() == StompCommand.MESSAGE) {
                subscriptions.received(codec.decode(connection.body()));
            }
        }
    }

    @Override
    public void abort() {
        try {
            connection.abort();
        } catch (IOException e) {
            log.debug("The connection to the broker could not be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
