package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large value in a JVM whose heap is the old value, the new one, one encoded copy and 64 MB: it is fetched over HTTP,
 * saved, changed while it is saved, and restored, with the defaults of a topic that is persisted in files. It is 10 MB, or
 * 50 MB with {@code -Dstatesync.large.strings=50000}.
 */
class LargeValueIT {

    private static final int STRINGS = Integer.getInteger("statesync.large.strings", 10_000);
    private static final int MB = 1 << 20;

    /** A string of that many Latin-1 characters is 24 bytes, its array 16 more than its length, each a multiple of 8. */
    private static final long VALUE = STRINGS * (24L + 16 + LargeSource.LENGTH);

    private static final long ENCODED = STRINGS * (LargeSource.LENGTH + 3L);
    private static final long HEAP = (VALUE + VALUE + ENCODED) / MB + 64;

    private static final int CHANGES = Integer.getInteger("statesync.large.changes", 3);

    @TempDir
    private Path directory;

    @Test
    void isFetchedSavedAndRestored() {
        try (LargeSource source = new LargeSource(STRINGS)) {
            try (ChildJvm replica = replica(source.url())) {
                replica.awaitLine("copy 1 ");
                replica.awaitLine("ready");
                for (int i = 0; i < CHANGES; i++) {
                    // while the one before is saved
                    int revision = source.change();
                    assertThat(replica.awaitLine("copy " + revision + " ")).endsWith(source.last(revision));
                }
                replica.awaitLine("saved " + (1 + CHANGES) + " ");
                replica.terminate();
                replica.awaitExit();
                clean(replica);
            }
            int fetched = source.fetches();

            try (ChildJvm replica = replica("http://localhost:1")) {
                assertThat(replica.awaitLine("copy ")).endsWith(source.last(1 + CHANGES));
                replica.awaitLine("ready");
                assertThat(source.fetches()).isEqualTo(fetched);
                clean(replica);
            }

            try (ChildJvm replica = replica(source.url())) {
                replica.awaitLine("ready");
                int revision = source.change();
                assertThat(replica.awaitLine("copy " + revision + " ")).endsWith(source.last(revision));
                assertThat(replica.awaitLine("saved " + revision + " ")).startsWith(Long.toString(ENCODED / 1_000_000));
                clean(replica);
            }
            System.out.println("A value of " + VALUE / MB + " MB, " + ENCODED / MB + " MB as JSON: -Xmx" + HEAP + "m");
        }
    }

    private static void clean(ChildJvm replica) {
        assertThat(replica.output()).doesNotContain("OutOfMemory", "could not be saved", "could not be restored");
    }

    private ChildJvm replica(String url) {
        return Applications.on(ClassPath.withTomcat(), "--spring.main.web-application-type=none")
                .with(List.of("-Xmx" + HEAP + "m"))
                .start(
                        LargeReplicaApplication.class,
                        List.of(
                                "--spring.main.keep-alive=true",
                                "--statesync.sources.shop.urls=" + url,
                                "--statesync.sources.shop.events=application-events",
                                "--statesync.sources.shop.probe-interval=100ms",
                                "--statesync.defaults.startup=persisted-first",
                                "--statesync.defaults.persistence.storage=file",
                                "--statesync.persistence.file.directory=" + directory));
    }
}
