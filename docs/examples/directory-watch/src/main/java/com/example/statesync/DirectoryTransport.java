package com.example.statesync;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Subscription;
import io.statesync.policy.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Invalidations over a directory that all processes share: a file for each topic, which holds its newest event. A subscriber
 * looks into the files of its topics again and again, since not every file system tells of changes that another machine
 * made. Safe for use by any thread.
 */
public final class DirectoryTransport implements InvalidationSubscriber, InvalidationPublisher, AutoCloseable {

    private final Path directory;
    private final Duration interval;
    private final Scheduler scheduler;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Watched> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicLong serial = new AtomicLong(System.nanoTime());
    private volatile boolean closed;

    /** Written by the looking thread alone. */
    private boolean connected = true;

    /**
     * @param directory has to exist; while it does not the transport counts as disconnected
     * @param interval how often subscribers look: the latency
     */
    public DirectoryTransport(Path directory, Duration interval, Scheduler scheduler) {
        this.directory = directory;
        this.interval = interval;
        this.scheduler = scheduler;
        lookLater();
    }

    @Override
    public Subscription subscribe(String topic, InvalidationHandler handler) {
        Watched subscription = new Watched(topic, handler, this::run, subscriptions::remove);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void publish(InvalidationEvent event) {
        Path file = directory.resolve(EventFile.name(event.topic()));
        long number = serial.incrementAndGet();
        Path written = directory.resolve(number + ".tmp");
        try {
            Files.writeString(written, EventFile.write(event, number));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the invalidation of topic \"" + event.topic() + "\" was not written to " + directory + ": " + e, e);
        }
    }

    /** Ends all threads. Subscriptions hear nothing any more. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookLater() {
        scheduler.schedule(() -> run(this::look), interval); // the timer's thread only hands over
    }

    private void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    /** One at a time: the next one is scheduled when this one has ended. */
    private void look() {
        try {
            if (Files.isDirectory(directory) != connected) {
                connected = !connected;
                IOException cause = new IOException("there is no directory " + directory);
                subscriptions.forEach(connected ? Watched::restored : watched -> watched.lost(cause));
            }
            if (connected) {
                for (Watched subscription : subscriptions) {
                    subscription.looked(text(directory.resolve(subscription.file)));
                }
            }
        } catch (IOException e) {
            // the next look tells: either it can be read again, or the directory is gone
        } finally {
            if (!closed) {
                lookLater();
            }
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
