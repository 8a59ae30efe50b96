package io.statesync.spring.kafka;

import io.statesync.policy.Durations;
import io.statesync.spring.delivery.ChannelSubscriptions;
import io.statesync.spring.delivery.ChannelTransport;
import io.statesync.spring.delivery.Reconnects;
import io.statesync.spring.json.InvalidationCodec;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one consumer: a thread reads while the brokers answer; while they do not, a timer waits for the next attempt. A
 * consumer tells nobody that its brokers are gone, so all partitions are asked for their ends once in a while.
 */
final class ChannelListener implements ChannelTransport.Keeper {

    private static final Logger log = LoggerFactory.getLogger(ChannelListener.class);

    private final KafkaTransportBuilder settings;
    private final ChannelSubscriptions subscriptions;
    private final Reconnects reconnects;
    private final Clients clients;
    private final InvalidationCodec codec = new InvalidationCodec();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock; the reader itself belongs to the session while one is running */
    private @Nullable ChannelReader reader;
    private boolean running;
    private boolean closed;

    ChannelListener(KafkaTransportBuilder settings, ChannelSubscriptions subscriptions, Executor executor) {
        this.settings = settings;
        this.subscriptions = subscriptions;
        this.reconnects = new Reconnects(
                new Reconnects.Terms(
                        settings.name, settings.scheduler, settings.backoff, settings.connected, settings.disconnected),
                subscriptions,
                executor,
                this::session);
        this.clients = new Clients(settings.properties, settings.name, settings.answer);
    }

    @Override
    public void start() {
        reconnects.begin();
    }

    @Override
    public void close() {
        ChannelReader ending;
        boolean busy;
        lock.lock();
        try {
            closed = true;
            busy = running;
            ending = reader;
        } finally {
            lock.unlock();
        }
        if (ending != null && busy) {
            ending.wakeup(); // its thread closes it
        } else {
            closed(ending);
        }
    }

    /* From one connection to its loss. */
    private void session() {
        if (!begin()) {
            return;
        }
        Throwable cause = null;
        try {
            ChannelReader reading = reader();
            reading.begin();
            reconnects.connected();
            read(reading);
        } catch (WakeupException e) {
            log.debug("Source {}: the transport is closed, and reads no more", settings.name);
        } catch (TimeoutException e) {
            cause = new IllegalStateException("Kafka has not answered for " + settings.answer, e);
        } catch (RuntimeException | Error e) {
            cause = e;
        }
        if (end() && cause != null) {
            reconnects.lost(cause);
        }
    }

    private void read(ChannelReader reading) {
        long silence = Durations.nanos(settings.silence);
        long asked = settings.scheduler.now();
        while (isOpen()) {
            long left = silence - (settings.scheduler.now() - asked);
            if (left > 0) {
                for (ConsumerRecord<byte[], byte[]> heard : reading.poll(Duration.ofNanos(left))) {
                    subscriptions.received(codec.decode(heard.value()));
                }
            } else {
                reading.ask();
                asked = settings.scheduler.now();
            }
        }
    }

    /* Made once and kept: each one writes its configuration to the log. */
    private ChannelReader reader() {
        ChannelReader known;
        lock.lock();
        try {
            known = reader;
        } finally {
            lock.unlock();
        }
        if (known != null) {
            return known;
        }
        ChannelReader made = new ChannelReader(clients, settings);
        boolean late;
        lock.lock();
        try {
            reader = made;
            late = closed;
        } finally {
            lock.unlock();
        }
        if (late) {
            made.wakeup();
        }
        return made;
    }

    private boolean begin() {
        lock.lock();
        try {
            running = !closed;
            return running;
        } finally {
            lock.unlock();
        }
    }

    /* Whether there is to be another session. */
    private boolean end() {
        ChannelReader ending;
        lock.lock();
        try {
            running = false;
            if (!closed) {
                return true;
            }
            ending = reader;
        } finally {
            lock.unlock();
        }
        closed(ending);
        return false;
    }

    private void closed(@Nullable ChannelReader ending) {
        if (ending == null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // that was for what ran before
        try {
            ending.close();
        } catch (KafkaException e) {
            log.debug("Source {}: the consumer was not closed in order", settings.name, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }
}
