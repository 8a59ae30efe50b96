package io.statesync.test;

import io.statesync.test.ConvergenceScenarios.Act;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One scenario of section E2E in two halves. The value counts the writes, so it ends on their number. */
record ConvergenceScenario(String id, Act<ConvergenceStage> firstHalf, Act<ConvergenceStage> secondHalf) {

    static final List<ConvergenceScenario> ALL = List.of(
            of("E2E-01", stage -> stage.open("A", "B").write(1), stage -> stage.write(1)),
            of("E2E-03", stage -> stage.open("A").write(3), stage -> stage.open("C")),
            of("E2E-04", stage -> stage.open("A", "B").writePaced(5), stage -> stage.writePaced(5)),
            of("E2E-05", stage -> stage.open("A", "B").write(2), stage -> stage.write(2)),
            of("E2E-11", stage -> stage.open("A", "B", "C").write(8), stage -> stage.write(7)),
            of(
                    "E2E-13",
                    stage -> stage.open("A", "B").write(5),
                    stage -> stage.open("C").write(5)),
            of("E2E-18", stage -> stage.open("A", "B").closeReplicas("A", "B").write(1), stage -> stage.open("A", "B")),
            of("E2E-32", stage -> stage.open("A", "B").write(50), stage -> stage.write(50)),
            of("E2E-49", stage -> stage.duplicateEvents().open("A", "B").write(1), stage -> stage.write(1)),
            of("E2E-60", ConvergenceScenario::joinAStorm, stage -> stage.write(10)));

    private static ConvergenceScenario of(
            String id, Act<ConvergenceStage> firstHalf, Act<ConvergenceStage> secondHalf) {
        return new ConvergenceScenario(id, firstHalf, secondHalf);
    }

    private static void joinAStorm(ConvergenceStage stage) {
        stage.open("A", "B").writePaced(7);
        CompletableFuture<Void> storm = CompletableFuture.runAsync(() -> stage.writePaced(8));
        stage.open("C");
        storm.join();
    }

    String topic() {
        return "scenario-" + id.toLowerCase(Locale.ROOT);
    }
}
