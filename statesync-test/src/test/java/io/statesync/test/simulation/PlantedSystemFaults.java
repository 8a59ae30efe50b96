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
     * @param module where the type is
     * @param type its name below {@code io.statesync}
     */
    record Fault(String name, String module, String type, String original, String replacement) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "gate: an older snapshot is let through",
                        CORE,
                        "Ledger",
                        "return !primed || forgotten || Revision.isNewer(bits, local);",
                        "return true;"),
                new Fault(
                        "coalescing: a second round begins beside the first",
                        CORE,
                        "Slot",
                        "if (round != null || !engine.lifeCycle.open())",
                        "if (!engine.lifeCycle.open())"),
                new Fault(
                        "stop: a round of before the stop may begin",
                        CORE,
                        "Slot",
                        "boolean current = round == entering && entering.stage == stage;",
                        "boolean current = true;"),
                new Fault(
                        "stop: the late result of a dropped fetch counts",
                        CORE,
                        "Slot",
                        "return round == candidate && candidate.stage == Stage.FETCHING;",
                        "return true;"),
                new Fault(
                        "stop: the subscription stays",
                        CORE,
                        "LifeCycle",
                        "effect = effect.then(() -> engine.effects.unsubscribe(old, null));",
                        ""),
                new Fault(
                        "reconnect: a restored connection fetches nothing",
                        CORE,
                        "Ledger",
                        "demand.addUrgent(RefreshCause.RECONNECT);",
                        "demand.rest();"),
                new Fault(
                        "catch-up: a failed round is forgotten",
                        CORE,
                        "Demand",
                        "addUrgent(RefreshCause.CATCH_UP);\n        return wait;",
                        "return wait;"),
                new Fault(
                        "probe: what it finds is not fetched",
                        CORE,
                        "Ledger",
                        "demand.addUrgent(RefreshCause.PROBE);\n"
                                + "            return true;\n"
                                + "        }\n"
                                + "        if (primed",
                        "return false;\n        }\n        if (primed"),
                new Fault(
                        "announcement: what the broker did not take is forgotten",
                        CORE,
                        "source.ResendingPublisher",
                        "keep(event);\n",
                        "\n"),
                new Fault(
                        "counter: it begins anew after a restart",
                        CORE,
                        "source.InMemoryRevisionCounter",
                        "new Revision(floor.getAsLong())",
                        "new Revision(1)"),
                new Fault(
                        "label: the data are read before their revision",
                        CORE,
                        "source.SourceProvider",
                        "Revision revision = revision();\n        return revision.equals(known)"
                                + " ? Optional.empty() : Optional.of(new SnapshotEnvelope<>(revision, data.call()));",
                        "T read = data.call();\n        Revision revision = revision();\n        return"
                                + " revision.equals(known) ? Optional.empty()"
                                + " : Optional.of(new SnapshotEnvelope<>(revision, read));"),
                new Fault(
                        "restore: a torn record is believed",
                        CORE,
                        "persistence.Loading",
                        "header = records.verify(record);",
                        "header = RecordFrame.header(record);"),
                new Fault(
                        "save: an older record replaces a newer one",
                        CORE,
                        "persistence.InMemorySnapshotStorage",
                        "if (there != null && !version.isNewerThan(there.version)) {",
                        "if (false) {"),
                new Fault(
                        "save: one that failed is not tried again",
                        CORE,
                        "persistence.SaveQueue",
                        "if (pending == null && !hopeless && !closed && clears.isEmpty()) {",
                        "if (false) {"),
                new Fault(
                        "tombstone: it covers the record alone, not what is known to be newer",
                        CORE,
                        "persistence.StorageWriter",
                        "Revision revision = version != null && version.revision().isNewerThan(newest)"
                                + " ? version.revision() : newest;",
                        "Revision revision = version != null ? version.revision() : Revision.ZERO;"),
                new Fault(
                        "floor: a snapshot from before the write is taken",
                        MUTATION,
                        "RowSlot",
                        "return !floors.isEmpty();",
                        "return false;"),
                new Fault(
                        "held rows: what is older than the write is released",
                        MUTATION,
                        "Rows",
                        "if (persisted != null && held != null && persisted.isNewerThan(held)) {",
                        "if (false) {"),
                new Fault(
                        "order: the first blocker that ends lets all go",
                        MUTATION,
                        "Endings",
                        "boolean free = follower.unblockedBy(blocker);",
                        "follower.unblockedBy(blocker);\n        boolean free = true;"),
                new Fault(
                        "order: nobody waits for anybody",
                        MUTATION,
                        "Tx",
                        "return blockedBy != null && !blockedBy.isEmpty();",
                        "return false;"),
                new Fault(
                        "idempotency: a restart gives another key",
                        MUTATION,
                        "Restoring",
                        "stored.idempotencyKey(),",
                        "stored.idempotencyKey() + engine.now(),"),
                new Fault(
                        "recovery: what the backend took is sent once more",
                        MUTATION,
                        "Restoring",
                        "return transaction.state() == TransactionState.PERSISTED_AWAITING_SYNC;",
                        "return false;"),
                new Fault(
                        "durability: it is sent before it is on disk",
                        MUTATION,
                        "Calls",
                        "turn.after(() -> engine.journal.whenDurable(position, () -> launch(call)));",
                        "turn.after(() -> launch(call));"),
                new Fault(
                        "cascade: who waits for one that waits goes on",
                        MUTATION,
                        "Endings",
                        "open.addAll(tx.followers);",
                        "open.addAll(tx == root ? tx.followers : List.of());"));
    }
}
