package io.statesync.test.simulation;

import io.statesync.InvalidationEvent;
import java.time.Duration;
import java.util.SplittableRandom;

/** What a step does. */
final class Happening {

    private static final long MILLI = 1_000_000;

    private final World world;
    private final Step step;
    private final SplittableRandom random;

    Happening(World world, Step step) {
        this.world = world;
        this.step = step;
        this.random = new SplittableRandom(step.seed());
    }

    void happens() {
        Replica replica = world.anyReplica(random);
        ReplicaProcess process = replica.process();
        Replica writer = world.writer();
        switch (step.kind()) {
            case CHANGE -> change();
            case MUTATE -> writer.writes.mutate(random);
            case CANCEL -> writer.writes.cancel(random);
            case OLD_EVENT -> world.publish(InvalidationEvent.of(World.TOPIC, world.oldRevision(random)));
            case FETCHES_SUFFER -> replica.fetching.begin(random, 20_000);
            case STALE_ANSWERS -> replica.stale.begin(random, 10_000);
            case APPLIES_SUFFER -> replica.applying.begin(random, 10_000);
            case RECORDS_SUFFER -> replica.records.trouble.begin(random, 20_000);
            case BACKEND_SUFFERS -> writer.writes.trouble.begin(random, 15_000);
            case DISK_SUFFERS -> writer.transactions.trouble.begin(random, 10_000);
            case REPLICA_CRASHES -> crash(random.nextBoolean() ? writer : replica);
            case SOURCE_CUT -> world.anySource(random).cut.begin(random, 20_000);
            case SOURCE_CRASHES -> crashSource();
            case CLOCK_JUMPS ->
                // forwards rather than back: where a source counts in its memory, backwards is another history
                world.clock.jump(random.nextInt(4) == 0 ? -random.nextInt(100_000) : random.nextInt(10_000_000));
            default -> {
                if (process != null) {
                    happens(process);
                }
            }
        }
    }

    private void happens(ReplicaProcess process) {
        switch (step.kind()) {
            case EVENTS_SUFFER -> process.eventsSuffer(random);
            case LINK_LOST -> {
                process.link(false);
                process.life.schedule(() -> process.link(true), millis(15_000));
            }
            case REPLICA_STOPS -> {
                process.stop();
                process.life.schedule(process::startAfterStop, millis(10_000));
            }
            case CLEAR -> process.clear();
            case REFRESH -> process.refresh();
            case AWAIT -> process.await(world.oldRevision(random));
            default -> throw new IllegalStateException("nothing happens at " + step);
        }
    }

    private Duration millis(int most) {
        return Duration.ofMillis(random.nextInt(most));
    }

    private void change() {
        Source source = world.anySource(random);
        for (int i = random.nextInt(4) == 0 ? 5 : 1; i > 0 && source.alive(); i--) {
            String key = Writes.KEYS.get(random.nextInt(Writes.KEYS.size()));
            long token = random.nextInt(5) == 0 ? 0 : -1 - random.nextInt(1_000_000);
            source.write(
                    rows -> {
                        if (token == 0) {
                            rows.remove(key);
                        } else {
                            rows.put(key, new Row(key, token));
                        }
                    },
                    revision -> {});
        }
    }

    private void crash(Replica replica) {
        replica.crash();
        world.clock.after(random.nextInt(8_000) * MILLI, null, replica::start);
    }

    private void crashSource() {
        Source source = world.anySource(random);
        if (source.alive()) {
            source.life().end();
            if (random.nextInt(3) == 0 && world.mayRestoreBackup()) {
                world.truth.restoreBackup(1 + random.nextInt(5));
            }
            world.clock.after(random.nextInt(10_000) * MILLI, null, () -> {
                if (!source.alive()) {
                    source.start();
                }
            });
        }
    }
}
