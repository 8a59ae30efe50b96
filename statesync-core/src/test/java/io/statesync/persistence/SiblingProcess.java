package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.Scheduler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** Another process on the same directory, which does what it is told, line by line. */
final class SiblingProcess {

    static final String TOPIC = "price-list";
    static final long CURRENT = 60;
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final FileSnapshotStorage storage;
    private final SnapshotPersistence<String> persistence;
    private final SnapshotApplier<String> applier;

    private SiblingProcess(Path directory) {
        this.directory = directory;
        this.storage = FileSnapshotStorage.in(directory.resolve("records"));
        this.persistence = over(storage);
        this.applier = persistence.around(snapshot -> {});
    }

    public static void main(String[] arguments) throws Exception {
        SiblingProcess sibling = new SiblingProcess(Path.of(arguments[0]));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(sibling.obey(line));
        }
    }

    static SnapshotPersistence<String> over(SnapshotStorage storage) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .build();
    }

    private String obey(String line) throws Exception {
        if (line.equals("clear")) {
            persistence.clear().join();
            return "cleared";
        }
        if (line.equals("fetch")) {
            return "at " + fetch();
        }
        long revision = Long.parseLong(line);
        applier.apply(new SnapshotEnvelope<>(new Revision(revision), "state " + revision));
        persistence.flush().join();
        return "saved " + revision;
    }

    /* A start of the replica; each fetch that reaches the source is a line in a file. */
    private Revision fetch() throws Exception {
        RevisionSync<String> sync = RevisionSync.forTopic(TOPIC)
                .subscriber(new InMemoryTransport())
                .provider(persistence.shared(
                        source(directory), storage, topics -> Map.of(TOPIC, new Revision(CURRENT)), LIMIT))
                .applier(applier)
                .build();
        sync.start();
        return sync.localRevision();
    }

    static SnapshotProvider<String> source(Path directory) {
        return () -> {
            Files.writeString(
                    directory.resolve("fetches"),
                    ProcessHandle.current().pid() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            // as slow as a real source; whoever does not wait for its sibling fetches meanwhile
            Scheduler.system().sleep(Duration.ofMillis(300));
            return new SnapshotEnvelope<>(new Revision(CURRENT), "state " + CURRENT);
        };
    }
}
