package io.statesync.spring.kafka;

import io.statesync.InvalidationEvent;
import io.statesync.spring.json.InvalidationCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** The producer for announcements, made when there is the first one. One thread at a time sends. */
final class ChannelProducer implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Clients clients;
    private final KafkaChannel channel;
    private final InvalidationCodec codec = new InvalidationCodec();

    private final ReentrantLock lock = new ReentrantLock();
    /* guarded by lock */
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean closed;

    ChannelProducer(Clients clients, KafkaChannel channel) {
        this.clients = clients;
        this.channel = channel;
    }

    /**
     * Sends them all, and waits until the brokers have them.
     *
     * @throws KafkaException if they do not take one of them; the others may have been taken
     * @throws IllegalStateException if the channel is missing, or this is closed
     */
    void send(List<InvalidationEvent> events) {
        Producer<byte[], byte[]> sending = producer();
        List<Future<?>> sent = new ArrayList<>(events.size());
        for (InvalidationEvent event : events) {
            Future<?> one = sending.send(new ProducerRecord<>(
                    channel.name(), event.topic().getBytes(StandardCharsets.UTF_8), codec.encode(event)));
            sent.add(one);
            if (one.isDone()) {
                taken(one); // what fails at once would fail, after a wait, for each of the others
            }
        }
        sent.forEach(ChannelProducer::taken);
    }

    private static void taken(Future<?> sent) {
        try {
            sent.get(); // delivery.timeout.ms ends it
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException(cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = known();
        if (known != null) {
            return known;
        }
        new ChannelAdmin(clients, channel).ensure();
        Producer<byte[], byte[]> made = clients.producer();
        boolean late;
        lock.lock();
        try {
            late = closed;
            producer = made;
        } finally {
            lock.unlock();
        }
        if (late) {
            made.close(Duration.ZERO);
        }
        return made;
    }

    private @Nullable Producer<byte[], byte[]> known() {
        lock.lock();
        try {
            return producer;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> ending;
        lock.lock();
        try {
            closed = true;
            ending = producer;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.close(FAREWELL);
        }
    }
}
