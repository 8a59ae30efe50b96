package io.statesync.test.simulation;

import io.statesync.Revision;
import io.statesync.persistence.InMemorySnapshotStorage;
import io.statesync.persistence.RecordBytes;
import io.statesync.persistence.RecordVersion;
import io.statesync.persistence.SnapshotPersistence;
import io.statesync.persistence.SnapshotStorage;
import io.statesync.persistence.StorageWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The disk with the records of one machine, or of siblings on it. It may be slow, full or broken; a process that dies during a
 * save leaves the former record, the new one, or a torn one.
 */
final class Records {

    private final World world;
    private final SimulatedClock clock;
    private final SplittableRandom random;
    private final InMemorySnapshotStorage disk = new InMemorySnapshotStorage();
    private final Map<RecordBytes, RecordVersion> versions = new IdentityHashMap<>();
    private final Map<Consumer<? super RecordVersion>, Life> followers = new LinkedHashMap<>();
    final Trouble trouble;

    /** What was cleared: nothing up to it comes back, unless the tombstone itself was lost. */
    private @Nullable Revision cleared;

    private boolean clearing;

    Records(World world, SplittableRandom random) {
        this.world = world;
        this.clock = world.clock;
        this.random = random;
        this.trouble = new Trouble(clock, random.split());
    }

    void clearing() {
        clearing = true;
    }

    /** What was applied was kept; a record that was cleared comes again with the next revision only. */
    void requireKept(Revision applied) {
        RecordVersion there = disk.load(World.TOPIC).map(versions::get).orElse(null);
        world.check(
                clearing || world.truth.wentBack() || (there != null && !applied.isNewerThan(there.revision())),
                () -> "the record is " + there + ", applied was " + applied);
    }

    void cleared(Revision upTo) {
        cleared = cleared == null || upTo.isNewerThan(cleared) ? upTo : cleared;
    }

    private boolean isCleared(Revision revision) {
        return cleared != null && !revision.isNewerThan(cleared);
    }

    private boolean save(RecordVersion version, RecordBytes record) {
        versions.put(record, version);
        RecordVersion before = disk.load(World.TOPIC).map(versions::get).orElse(null);
        boolean taken = disk.save(World.TOPIC, version, record);
        world.check(
                !taken || before == null || version.isNewerThan(before),
                () -> "the record of " + before + " was replaced by that of " + version);
        return taken;
    }

    SnapshotStorage seenBy(Life life) {
        return new Seen(life);
    }

    StorageWatch watchedBy(Life life) {
        return new StorageWatch() {
            @Override
            public SnapshotPersistence.Registration follow(String topic, Consumer<? super RecordVersion> changed) {
                followers.put(changed, life);
                return () -> followers.remove(changed);
            }

            @Override
            public void close() {
                // it ends with the life
            }
        };
    }

    private void tell(RecordVersion version) {
        followers.values().removeIf(life -> !life.alive());
        List<Map.Entry<Consumer<? super RecordVersion>, Life>> all = new ArrayList<>(followers.entrySet());
        all.forEach(follower -> clock.after(
                random.nextInt(50_000_000),
                follower.getValue(),
                () -> follower.getKey().accept(version)));
    }

    private final class Seen implements SnapshotStorage {

        private final Life life;

        Seen(Life life) {
            this.life = life;
        }

        @Override
        public Optional<RecordBytes> load(String topic) throws IOException {
            slow();
            trouble.fail("the disk cannot be read");
            Optional<RecordBytes> there = disk.load(topic);
            RecordVersion version = there.map(versions::get).orElse(null);
            if (version != null && !version.isTombstone()) {
                world.check(
                        world.truth.wentBack() || !isCleared(version.revision()),
                        () -> "the record of " + version + " is there, and was cleared");
            }
            return there;
        }

        @Override
        public boolean save(String topic, RecordVersion version, RecordBytes record) throws IOException {
            try {
                slow();
            } catch (Life.ProcessDied died) {
                leaveBehind(version, record);
                throw died;
            }
            trouble.fail("no space left on device");
            boolean taken = Records.this.save(version, record);
            world.trace(() -> "record " + version + (taken ? " saved" : " refused"));
            if (taken) {
                tell(version);
            }
            trouble.fail("nobody knows whether it was saved");
            return taken;
        }

        private void leaveBehind(RecordVersion version, RecordBytes record) {
            int what = random.nextInt(3);
            world.trace(() -> "a save of " + version + " is cut off: " + what);
            if (what == 1) {
                Records.this.save(version, record);
            } else if (what == 2) {
                byte[] torn = Arrays.copyOf(record.toArray(), random.nextInt((int) record.size()));
                cleared = disk.save(World.TOPIC, version, RecordBytes.of(torn)) ? null : cleared;
            }
        }

        @Override
        public String setAside(String topic, RecordBytes unreadable) throws IOException {
            slow();
            trouble.fail("read-only file system");
            cleared = null;
            world.trace(() -> "record set aside: " + unreadable);
            return disk.setAside(topic, unreadable);
        }

        private void slow() throws IOException {
            try {
                trouble.slow(life);
            } catch (InterruptedException e) {
                throw new Trouble.Planned("interrupted");
            }
        }
    }
}
