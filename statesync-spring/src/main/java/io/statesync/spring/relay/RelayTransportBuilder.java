package io.statesync.spring.relay;

import io.statesync.SyncListener;
import io.statesync.policy.Backoff;
import io.statesync.policy.Scheduler;
import java.util.function.Consumer;

/** Describes a {@link RelayTransport}. Not safe for use by several threads. */
public final class RelayTransportBuilder {

    final RelayBroker broker;
    String name = "source";
    Scheduler scheduler = Scheduler.system();
    Backoff backoff = Backoff.RECONNECT;
    Runnable connected = () -> {};
    Consumer<? super Throwable> disconnected = cause -> {};
    SyncListener strays = SyncListener.NONE;

    RelayTransportBuilder(RelayBroker broker) {
        this.broker = broker;
    }

    /** What threads and logs call this source. */
    public RelayTransportBuilder name(String newName) {
        this.name = newName;
        return this;
    }

    /** Where time comes from; by default {@link Scheduler#system()}. */
    public RelayTransportBuilder scheduler(Scheduler newScheduler) {
        this.scheduler = newScheduler;
        return this;
    }

    /** How long to wait before the next attempt to connect; by default {@link Backoff#RECONNECT}. */
    public RelayTransportBuilder backoff(Backoff newBackoff) {
        this.backoff = newBackoff;
        return this;
    }

    /** Hear of the connection, on the thread that has it: it listens, or it was lost or could not be had. */
    public RelayTransportBuilder connectionListener(Runnable onConnected, Consumer<? super Throwable> onDisconnected) {
        this.connected = onConnected;
        this.disconnected = onDisconnected;
        return this;
    }

    /** Hears of messages that belong to no topic, by {@link SyncListener#onError} with no topic. */
    public RelayTransportBuilder listener(SyncListener newListener) {
        this.strays = newListener;
        return this;
    }

    /** Builds it; nothing is connected before the first subscription. */
    public RelayTransport build() {
        return new RelayTransport(this);
    }
}
