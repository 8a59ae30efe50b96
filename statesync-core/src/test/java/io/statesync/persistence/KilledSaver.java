package io.statesync.persistence;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** A process that loads what there is, saves one state after the other, and says which ones are saved. */
final class KilledSaver {

    static final String TOPIC = "price-list";

    private KilledSaver() {}

    public static void main(String[] arguments) throws Exception {
        FileSnapshotStorage storage = FileSnapshotStorage.in(Path.of(arguments[0]));
        SnapshotPersistence<String> persistence = over(storage);
        Optional<SnapshotEnvelope<String>> loaded = persistence.load().join();
        long revision = loaded.map(it -> it.revision().bits()).orElse(0L);
        var applier = persistence.around(it -> {});
        PrintStream out = System.out;
        while (true) {
            revision++;
            applier.apply(state(revision));
            persistence.flush().join();
            out.println(revision);
        }
    }

    static SnapshotPersistence<String> over(SnapshotStorage storage) {
        return SnapshotPersistence.forTopic(TOPIC)
                .storage(storage)
                .codec(new LineCodec())
                .executor(Runnable::run)
                .build();
    }

    /** Between 8 KB and 600 KB, so that a kill meets every part of a save; each part says whose it is. */
    static SnapshotEnvelope<String> state(long revision) {
        String text = "%08d".formatted(revision).repeat((int) (1000 << (revision % 7)));
        return new SnapshotEnvelope<>(new Revision(revision), text);
    }
}
