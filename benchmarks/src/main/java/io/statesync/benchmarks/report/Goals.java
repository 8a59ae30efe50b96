package io.statesync.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What is to be reached, held against what was measured. Ratios are those of one run. */
final class Goals {

    private static final double FETCH_MILLIS = 20;

    private final Function<String, Table> tables;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Function<String, Table> tables) {
        this.tables = tables;
    }

    static List<Goal> of(Function<String, Table> tables) {
        Goals all = new Goals(tables);
        all.reads();
        all.propagation();
        all.fanout();
        all.herd();
        all.burst();
        all.footprint();
        all.store();
        all.durable();
        all.paths();
        return all.goals;
    }

    private void atMost(String scenario, String what, String unit, OptionalDouble value, double bound) {
        goals.add(Goal.atMost(scenario, what, unit, value, bound));
    }

    private void atLeast(String scenario, String what, OptionalDouble value, double bound) {
        goals.add(Goal.atLeast(scenario, what, "x", value, bound));
    }

    private static OptionalDouble ratio(OptionalDouble ours, OptionalDouble theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.getAsDouble() / theirs.getAsDouble());
    }

    private static OptionalDouble minus(OptionalDouble ours, OptionalDouble theirs) {
        return ours.isEmpty() || theirs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.getAsDouble() - theirs.getAsDouble());
    }

    private void reads() {
        Table b1 = tables.apply("b1");
        String nanos = "ns/op median";
        atMost(
                "B1",
                "`SyncedState.get()` against a volatile holder",
                "x",
                ratio(b1.value(nanos, "statesync-state"), b1.value(nanos, "limit-volatile-holder")),
                1.2);
        atMost(
                "B1",
                "`SyncedMap.get` against a volatile HashMap",
                "x",
                ratio(b1.value(nanos, "statesync-map"), b1.value(nanos, "limit-volatile-hashmap")),
                1.2);
        atMost("B1", "`SyncedState.get()` allocates", " B", b1.value("B/op", "statesync-state"), 0);
        atMost("B1", "`SyncedMap.get` allocates", " B", b1.value("B/op", "statesync-map"), 0);
    }

    private void propagation() {
        Table b2 = tables.apply("b2");
        for (String size : List.of("1 KB", "100 KB", "5 MB")) {
            OptionalDouble ours = b2.value("p50 us", size, "statesync-redis");
            OptionalDouble limit = b2.value("p50 us", size, "limit-lettuce-set-publish-get");
            atMost("B2", size + ", p50 against a bare client", "x", ratio(ours, limit), 1.2);
        }
    }

    private void fanout() {
        Table b3 = tables.apply("b3");
        for (String sessions : List.of("100", "500", "1000")) {
            OptionalDouble ours = b3.value("p50 ms", sessions, "statesync-stomp");
            OptionalDouble broker = b3.value("p50 ms", sessions, "spring-simple-broker");
            atMost("B3", sessions + " sessions, p50 against the simple broker", "x", ratio(ours, broker), 1.05);
        }
        String cpu = "server CPU ms/broadcast";
        atMost(
                "B3",
                "1000 sessions, CPU against the simple broker, if a frame is built once",
                "x",
                ratio(b3.value(cpu, "1000", "statesync-stomp"), b3.value(cpu, "1000", "spring-simple-broker")),
                0.7);
    }

    private void herd() {
        Table b4 = tables.apply("b4");
        atLeast(
                "B4",
                "1 MB, gzip against a plain controller",
                herd(b4, "1m", "statesync-gzip", "plain-controller"),
                10);
        atLeast(
                "B4",
                "1 MB, gzip against a controller that compresses",
                herd(b4, "1m", "statesync-gzip", "plain-controller-gzip"),
                50);
        atLeast("B4", "1 MB, 304 against a plain controller", herd(b4, "1m", "statesync-304", "plain-controller"), 50);
        atLeast(
                "B4",
                "1 MB, identity against a plain controller",
                herd(b4, "1m", "statesync", "plain-controller"),
                2.5);
        atLeast(
                "B4",
                "10 KB, identity against a plain controller",
                herd(b4, "10k", "statesync", "plain-controller"),
                1.2);
    }

    private static OptionalDouble herd(Table b4, String size, String ours, String theirs) {
        String rate = "req/s median";
        return ratio(b4.value(rate, size, ours), b4.value(rate, size, theirs));
    }

    private void burst() {
        Table b5 = tables.apply("b5");
        for (String mode : List.of("paced 10k/s", "at once")) {
            OptionalDouble limit = b5.largest("fetches", mode, "limit-coalesce");
            atMost(
                    "B5",
                    mode + ", fetches beyond those of the limit",
                    "",
                    minus(b5.largest("fetches", mode, "statesync"), limit),
                    1);
            atMost(
                    "B5",
                    mode + ", converged after the last",
                    " ms",
                    b5.value("converged after the last, ms", mode, "statesync"),
                    2 * FETCH_MILLIS + 5);
            atMost(
                    "B5",
                    mode + ", reader saw it go backwards",
                    "",
                    b5.largest("reader saw it go backwards", mode, "statesync"),
                    0);
        }
    }

    private void footprint() {
        Table b6 = tables.apply("b6");
        for (String topics : List.of("1000", "10000")) {
            atMost(
                    "B6",
                    topics + " topics, heap of each with its value",
                    " B",
                    b6.value("heap per topic bytes", "statesync", topics),
                    1024);
        }
        Table start = tables.apply("b6start");
        String millis = "ms median";
        OptionalDouble empty = start.value(millis, "empty Boot context");
        for (StartUpGoal goal : StartUpGoal.ALL) {
            atMost(
                    "B6",
                    "start-up with " + goal.topics() + " topics, beyond an empty Boot context",
                    " ms",
                    minus(start.value(millis, "statesync, topics: " + goal.topics()), empty),
                    goal.millis());
        }
    }

    private record StartUpGoal(int topics, int millis) {

        private static final List<StartUpGoal> ALL =
                List.of(new StartUpGoal(1, 50), new StartUpGoal(100, 75), new StartUpGoal(1000, 150));
    }

    private void store() {
        Table b7 = tables.apply("b7");
        String nanos = "ns/op median";
        String ours = "statesync-collection";
        for (String rows : List.of("1000", "10000", "100000")) {
            OptionalDouble visible = b7.value(nanos, rows, "updateVisible", ours);
            atMost("B7", "optimistic update visible to a read, " + rows + " rows", " ns", visible, 1_000);
        }
        for (String rows : List.of("1000", "10000", "100000")) {
            OptionalDouble sync = b7.value(nanos, rows, "sync100with100pending", ours);
            atMost("B7", "sync of 100 rows below 100 pending, " + rows + " rows", " ns", sync, 25_000);
        }
        atMost("B7", "whole snapshot, 10k rows", " ns", b7.value(nanos, "10000", "snapshotAll100pending", ours), 3e5);
        atMost(
                "B7",
                "whole snapshot, 100k rows",
                " ns",
                b7.value(nanos, "100000", "snapshotAll100pending", ours),
                15e6);
    }

    private void durable() {
        Table b7 = tables.apply("b7durable");
        String rate = "appends/s";
        String limit = "limit-filechannel-group-commit";
        atLeast(
                "B7",
                "durable transactions, 1 writer, SQLite, against a forced file",
                ratio(b7.value(rate, "statesync-sqlite", "1"), b7.value(rate, limit, "1")),
                0.7);
        atLeast(
                "B7",
                "durable transactions, 16 writers, SQLite, against a forced file",
                ratio(b7.value(rate, "statesync-sqlite", "16"), b7.value(rate, limit, "16")),
                0.5);
    }

    private void paths() {
        Table b8 = tables.apply("b8");
        atMost("B8", "stale event", " ns", b8.value("ns/op median", "EventPath.stale"), 50);
        atMost("B8", "stale event allocates", " B", b8.value("B/op", "EventPath.stale"), 0);
        atMost("B8", "foreign event allocates", " B", b8.value("B/op", "EventPath.foreign"), 0);
        Table b9 = tables.apply("b9");
        String factor = "x of the first";
        atMost(
                "B9",
                "a stale event of one topic, with 10,000 topics against 1",
                "x",
                b9.value(factor, "stale events of one topic, by topics", "10000"),
                1.5);
        atMost(
                "B9",
                "stale events of all topics in turn, 10,000 against 1",
                "x",
                b9.value(factor, "stale events of all topics in turn, by topics", "10000"),
                1.5);
        atMost(
                "B9",
                "an accepted event with 10,000 topics against 1",
                "x",
                b9.value(factor, "accepted event until applied, by topics", "10000"),
                1.5);
    }
}
