package io.statesync.test.simulation;

import java.util.List;

/** The faults that the simulation must find: each is one changed line of the product. */
final class PlantedSystemFaults {

    private static final String CORE = "core";
    private static final String MUTATION = "mutation";

    private PlantedSystemFaults() {}

    /**
     * A fault.
     *
     * @param seed of a schedule that found it once, to be played first: whatever else changes, another one will
     * @param module where the type is
     * @param type its name below {@code io.statesync}
     */
    record Fault(long seed, String name, String module, String type, String original, String replacement) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fault> all() {
        return List.of(
                new Fault(
                        2,
                        "gate: an older snapshot is let through",
                        CORE,
                        "Ledger",
                        "return !primed || forgotten || !isStale(bits);",
                        "return true;"),
                new Fault(
                        1,
                        "coalescing: a second round begins beside the first",
                        CORE,
                        "Slot",
                        "if (round != null || !engine.lifeCycle.open())",
                        "if (!engine.lifeCycle.open())"),
                new Fault(
                        33,
                        "stop: a round of before the stop may begin",
                        CORE,
                        "Slot",
                        "boolean current = round == entering && entering.stage == stage;",
                        "boolean current = true;"),
                new Fault(
                        484,
                        "stop: the late result of a dropped fetch counts",
                        CORE,
                        "Slot",
                        "return round == candidate && candidate.stage == Stage.FETCHING;",
                        "return true;"),
                new Fault(
                        2,
                        "stop: the subscription stays",
                        CORE,
                        "LifeCycle",
                        "effect = effect.then(() -> engine.effects.unsubscribe(old, null));",
                        ""),
                new Fault(
                        196,
                        "reconnect: a restored connection fetches nothing",
                        CORE,
                        "Ledger",
                        "demand.addUrgent(RefreshCause.RECONNECT);",
                        "demand.rest();"),
                new Fault(
                        90,
                        "catch-up: a failed round is forgotten",
                        CORE,
                        "Demand",
                        "addUrgent(RefreshCause.CATCH_UP);\n        return wait;",
                        "return wait;"),
                new Fault(
                        32,
                        "probe: what it finds is not fetched",
                        CORE,
                        "Ledger",
                        "demand.addUrgent(RefreshCause.PROBE);\n"
                                + "            return true;\n"
                                + "        }\n"
                                + "        if (primed",
                        "return false;\n        }\n        if (primed"),
                new Fault(
                        31,
                        "announcement: what the broker did not take is forgotten",
                        CORE,
                        "source.ResendingPublisher",
                        "keep(event);\n",
                        "\n"),
                new Fault(
                        3,
                        "counter: it begins anew after a restart",
                        CORE,
                        "source.InMemoryRevisionCounter",
                        "new Revision(floor.getAsLong())",
                        "new Revision(1)"),
                new Fault(
                        66,
                        "label: the data are read before their revision",
                        CORE,
                        "source.SourceProvider",
                        "Revision revision = revision();\n        return revision.equals(known)"
                                + " ? Optional.empty() : Optional.of(new SnapshotEnvelope<>(revision, data.call()));",
                        "T read = data.call();\n        Revision revision = revision();\n        return"
                                + " revision.equals(known) ? Optional.empty()"
                                + " : Optional.of(new SnapshotEnvelope<>(revision, read));"),
                new Fault(
                        447,
                        "restore: a torn record is believed",
                        CORE,
                        "persistence.Loading",
                        "header = records.verify(record);",
                        "header = RecordFrame.header(record);"),
                new Fault(
                        1,
                        "save: an older record replaces a newer one",
                        CORE,
                        "persistence.InMemorySnapshotStorage",
                        "if (there != null && !version.isNewerThan(there.version)) {",
                        "if (false) {"),
                new Fault(
                        26,
                        "save: one that failed is not tried again",
                        CORE,
                        "persistence.SaveQueue",
                        "if (pending == null && !hopeless && !closed && clears.isEmpty()) {",
                        "if (false) {"),
                new Fault(
                        1104,
                        "tombstone: it covers the record alone, not what is known to be newer",
                        CORE,
                        "persistence.StorageWriter",
                        "Revision revision = version != null && version.revision().isNewerThan(newest)"
                                + " ? version.revision() : newest;",
                        "Revision revision = version != null ? version.revision() : Revision.ZERO;"),
                new Fault(
                        502,
                        "floor: a snapshot from before the write is taken",
                        MUTATION,
                        "RowSlot",
                        "return !floors.isEmpty();",
                        "return false;"),
                new Fault(
                        152,
                        "held rows: what is older than the write is released",
                        MUTATION,
                        "Rows",
                        "if (persisted != null && held != null && persisted.isNewerThan(held)) {",
                        "if (false) {"),
                new Fault(
                        331,
                        "order: the first blocker that ends lets all go",
                        MUTATION,
                        "Endings",
                        "boolean free = follower.unblockedBy(blocker);",
                        "follower.unblockedBy(blocker);\n        boolean free = true;"),
                new Fault(
                        3,
                        "order: nobody waits for anybody",
                        MUTATION,
                        "Tx",
                        "return blockedBy != null && !blockedBy.isEmpty();",
                        "return false;"),
                new Fault(
                        7,
                        "idempotency: a restart gives another key",
                        MUTATION,
                        "Restoring",
                        "stored.idempotencyKey(),",
                        "stored.idempotencyKey() + engine.now(),"),
                new Fault(
                        8,
                        "recovery: what the backend took is sent once more",
                        MUTATION,
                        "Restoring",
                        "return transaction.state() == TransactionState.PERSISTED_AWAITING_SYNC;",
                        "return false;"),
                new Fault(
                        4,
                        "durability: it is sent before it is on disk",
                        MUTATION,
                        "Calls",
                        "turn.after(() -> engine.journal.whenDurable(position, () -> launch(call)));",
                        "turn.after(() -> launch(call));"),
                new Fault(
                        17,
                        "cascade: who waits for one that waits goes on",
                        MUTATION,
                        "Endings",
                        "open.addAll(tx.followers);",
                        "open.addAll(tx == root ? tx.followers : List.of());"));
    }
}
