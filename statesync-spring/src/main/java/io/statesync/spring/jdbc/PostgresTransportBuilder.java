package io.statesync.spring.jdbc;

import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.Durations;
import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;

/** Describes a {@link PostgresTransport}. Not safe for use by several threads. */
public final class PostgresTransportBuilder {

    final ConnectionOpener connections;
    PostgresChannel channel = PostgresChannel.DEFAULT;
    String name = "source";
    Scheduler scheduler = Scheduler.system();
    Backoff backoff = Backoff.RECONNECT;
    Duration silence = Duration.ofSeconds(10);
    Duration answer = Duration.ofSeconds(5);
    Runnable connected = () -> {};
    Consumer<? super Throwable> disconnected = cause -> {};
    SyncListener strays = SyncListener.NONE;

    PostgresTransportBuilder(ConnectionOpener connections) {
        this.connections = connections;
    }

    /** The channel; by default {@code statesync}. */
    public PostgresTransportBuilder channel(PostgresChannel newChannel) {
        this.channel = newChannel;
        return this;
    }

    /** What threads and logs call this source. */
    public PostgresTransportBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public PostgresTransportBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** How long to wait before the next attempt to connect; by default {@link Backoff#RECONNECT}. */
    public PostgresTransportBuilder backoff(Backoff newBackoff) {
        this.backoff = newBackoff;
        return this;
    }

    /**
     * When a connection counts as lost that says nothing: after {@code silence} (10 s) it is asked, and after {@code answer}
     * (5 s) given up. JDBC counts the second in whole seconds.
     */
    public PostgresTransportBuilder keepAlive(Duration newSilence, Duration newAnswer) {
        this.silence = Durations.positive("silence of the PostgreSQL transport", newSilence);
        this.answer = Durations.positive("answer of the PostgreSQL transport", newAnswer);
        return this;
    }

    /** Hear of the connection, on the thread that has it: it listens, or it was lost or could not be had. */
    public PostgresTransportBuilder connectionListener(
            Runnable onConnected, Consumer<? super Throwable> onDisconnected) {
        this.connected = onConnected;
        this.disconnected = onDisconnected;
        return this;
    }

    /** Hears of messages that belong to no topic, by {@link SyncListener#onError} with no topic. */
    public PostgresTransportBuilder listener(SyncListener newListener) {
        this.strays = newListener;
        return this;
    }

    /** Builds it; nothing is connected before the first subscription. */
    public PostgresTransport build() {
        return new PostgresTransport(this);
    }
}
