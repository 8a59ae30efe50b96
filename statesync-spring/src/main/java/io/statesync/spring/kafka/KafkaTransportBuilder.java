package io.statesync.spring.kafka;

import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Describes a {@link KafkaTransport}. Not safe for use by several threads. */
public final class KafkaTransportBuilder {

    final Map<String, Object> properties;
    KafkaChannel channel = KafkaChannel.DEFAULT;
    String name = "source";
    Scheduler scheduler = Scheduler.system();
    Backoff backoff = Backoff.RECONNECT;
    Duration silence = Duration.ofSeconds(5);
    Duration answer = Duration.ofSeconds(5);
    Runnable connected = () -> {};
    Consumer<? super Throwable> disconnected = cause -> {};
    SyncListener strays = SyncListener.NONE;

    KafkaTransportBuilder(Map<String, Object> properties) {
        this.properties = new HashMap<>(properties);
    }

    /** The Kafka topic; by default {@code statesync.invalidations}. */
    public KafkaTransportBuilder channel(KafkaChannel newChannel) {
        this.channel = newChannel;
        return this;
    }

    /** What threads, logs and brokers call this source. */
    public KafkaTransportBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public KafkaTransportBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** How long to wait before the next attempt to connect; by default {@link Backoff#RECONNECT}. */
    public KafkaTransportBuilder backoff(Backoff newBackoff) {
        this.backoff = newBackoff;
        return this;
    }

    /**
     * When a connection counts as lost that says nothing: after each {@code silence} (5 s) every partition is asked for a
     * sign of life, and after {@code answer} (5 s) given up.
     */
    public KafkaTransportBuilder keepAlive(Duration newSilence, Duration newAnswer) {
        this.silence = Durations.positive("silence of the Kafka transport", newSilence);
        this.answer = Durations.positive("answer of the Kafka transport", newAnswer);
        return this;
    }

    /** Hear of the connection, on the thread that reads: it reads, or it was lost or could not be had. */
    public KafkaTransportBuilder connectionListener(Runnable onConnected, Consumer<? super Throwable> onDisconnected) {
        this.connected = onConnected;
        this.disconnected = onDisconnected;
        return this;
    }

    /** Hears of messages that belong to no topic, by {@link SyncListener#onError} with no topic. */
    public KafkaTransportBuilder listener(SyncListener newListener) {
        this.strays = newListener;
        return this;
    }

    /** Builds it; nothing is connected before the first subscription. */
    public KafkaTransport build() {
        return new KafkaTransport(this);
    }
}
