package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SnapshotEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What applications do with replicas: react to changes, edit together, show several topics, carry large data. */
public abstract class EndToEndApplicationContract extends EndToEndContract {

    @Test
    @DisplayName("E2E-10: each replica of two topics gets only its own topic's data")
    void topicsStayApart() {
        SimulatedStore<Map<String, Object>> prices = cluster.store("prices");
        SimulatedStore<Map<String, Object>> flags = cluster.store("flags");
        List<SimulatedReplica> priceReplicas = startedOn(prices, "A", "B");
        List<SimulatedReplica> flagReplicas = startedOn(flags, "C", "D");
        priceReplicas.get(0).put("price", 5);
        flagReplicas.get(0).put("flag", true);
        converge(priceReplicas.get(0), priceReplicas.get(1), flagReplicas.get(0), flagReplicas.get(1));
        assertThat(priceReplicas)
                .allSatisfy(replica ->
                        assertThat(replica.data()).containsEntry("price", 5).doesNotContainKey("flag"));
        assertThat(flagReplicas)
                .allSatisfy(replica ->
                        assertThat(replica.data()).containsEntry("flag", true).doesNotContainKey("price"));
    }

    @Test
    @DisplayName("E2E-12: a replica that reacts to a trigger by a change of its own is followed by all")
    void aReactionIsFollowedByAll() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        react(b, "trigger", "reaction");
        a.put("step", "trigger");
        converge(a, b);
        assertThat(cluster.store().data()).containsEntry("step", "reaction");
        assertThat(a.data()).containsEntry("step", "reaction");
        assertThat(b.data()).containsEntry("step", "reaction");
    }

    @Test
    @DisplayName("E2E-27: a chain of reactions ends on its third step")
    void aChainOfReactionsEnds() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        SimulatedReplica c = started("C");
        react(b, "step 1", "step 2");
        react(c, "step 2", "step 3");
        a.put("step", "step 1");
        converge(a, b, c);
        assertThat(cluster.store().data()).containsEntry("step", "step 3");
        assertThat(a.data()).containsEntry("step", "step 3");
    }

    @Test
    @DisplayName("E2E-28: snapshots that pass through a transform show their own label and the same count")
    void aTransformConcernsOneReplica() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = cluster.replica("B");
        b.reader().transform(state -> States.with(state, "label", "transformed"));
        b.start();
        a.change(state -> States.counted(States.with(state, "label", "raw")));
        converge(a, b);
        assertThat(a.data()).containsEntry("label", "raw").containsEntry("count", 1);
        assertThat(b.data()).containsEntry("label", "transformed").containsEntry("count", 1);
    }

    @Test
    @DisplayName("E2E-36: replicas hold equal object graphs that share nothing")
    void objectGraphsAreEqualAndUnshared() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.put("user", Map.of("name", "Ada", "roles", List.of("admin", "author")));
        converge(a, b);
        assertThat(a.data()).isEqualTo(b.data()).isNotSameAs(b.data());
        assertThat(a.data().get("user"))
                .isEqualTo(b.data().get("user"))
                .isNotSameAs(b.data().get("user"))
                .isNotSameAs(cluster.store().data().get("user"));
        assertThat(a.data()).extracting("user.roles").isNotSameAs(rolesOf(b));
    }

    @Test
    @DisplayName("E2E-39: after twenty keystrokes 3 ms apart the main window shows the full text")
    void keystrokesArriveWhole() {
        SimulatedReplica editor = started("editor");
        SimulatedReplica main = started("main");
        main.reader().latency(Duration.ofMillis(8));
        String text = "one state everywhere";
        assertThat(text).hasSize(20);
        IntStream.rangeClosed(1, 20).forEach(length -> {
            cluster.pass(3);
            editor.put("text", text.substring(0, length));
        });
        converge(main);
        assertThat(main.data()).containsEntry("text", text);
    }

    @Test
    @DisplayName("E2E-40: editor and preview equal the last of three configurations")
    void observersEqualTheFinalConfiguration() {
        SimulatedReplica settings = started("settings");
        SimulatedReplica editor = started("editor");
        SimulatedReplica preview = started("preview");
        Map<String, Object> last = Map.of("theme", "dark", "fontSize", 16, "wrap", true);
        settings.change(state -> Map.of("theme", "light"));
        settings.change(state -> Map.of("theme", "dark", "fontSize", 12));
        settings.change(state -> last);
        converge(editor, preview);
        assertThat(editor.data()).isEqualTo(last);
        assertThat(preview.data()).isEqualTo(last);
    }

    @Test
    @DisplayName("E2E-42: a sidebar that follows two topics shows both, independently")
    void aSidebarShowsTwoTopics() {
        SimulatedStore<Map<String, Object>> files = cluster.store("files");
        SimulatedStore<Map<String, Object>> tags = cluster.store("tags");
        List<SimulatedReplica> sidebar = List.of(
                cluster.replica("sidebar", files).start(),
                cluster.replica("sidebar", tags).start());
        List<SimulatedReplica> main = List.of(
                cluster.replica("main", files).start(),
                cluster.replica("main", tags).start());
        main.get(0).put("open", "README.md");
        converge(sidebar.get(0), main.get(0));
        assertThat(countsApplied(sidebar.get(1))).hasSize(1);
        main.get(1).put("tag", "draft");
        converge(sidebar.get(1), main.get(1));
        assertThat(sidebar.get(0).data()).containsEntry("open", "README.md").doesNotContainKey("tag");
        assertThat(sidebar.get(1).data()).containsEntry("tag", "draft").doesNotContainKey("open");
        assertThat(sidebar).allSatisfy(replica -> assertThat(replica.applied()).hasSize(2));
    }

    @Test
    @DisplayName("E2E-43: several fields written at once are seen together, never a mix")
    void fieldsWrittenAtOnceAreSeenTogether() {
        SimulatedReplica dashboard = started("dashboard");
        SimulatedReplica admin = started("admin");
        admin.change(state -> Map.of("users", 7, "load", "high", "alerts", List.of("disk", "cpu")));
        converge(dashboard);
        assertThat(dashboard.applied())
                .extracting(SnapshotEnvelope::data)
                .containsExactly(
                        States.initial(), Map.of("users", 7, "load", "high", "alerts", List.of("disk", "cpu")));
    }

    @Test
    @DisplayName("E2E-52: a payload of a thousand items arrives whole, as a deep copy")
    void aLargePayloadArrivesAsADeepCopy() {
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        a.put("items", items("old"));
        converge(b);
        List<Map<String, Object>> items = items("new");
        a.put("items", items);
        converge(b);
        assertThat(b.data().get("items")).isEqualTo(items).isNotSameAs(items);
        assertThat((List<?>) b.data().get("items"))
                .hasSize(1000)
                .first()
                .isEqualTo(items.get(0))
                .isNotSameAs(items.get(0));
    }

    @Test
    @DisplayName("E2E-56: over an asynchronous broadcast, three replicas end on a reaction to a trigger")
    void aReactionOverAnAsynchronousBroadcast() {
        cluster.bus().asynchronous();
        SimulatedReplica a = started("A");
        SimulatedReplica b = started("B");
        SimulatedReplica c = started("C");
        react(b, "trigger", "reaction");
        a.put("step", "trigger");
        converge(a, b, c);
        assertThat(List.of(a, b, c))
                .allSatisfy(replica -> assertThat(replica.data()).containsEntry("step", "reaction"));
    }

    private List<SimulatedReplica> startedOn(SimulatedStore<Map<String, Object>> store, String... names) {
        return List.of(names).stream()
                .map(name -> cluster.replica(name, store).start())
                .toList();
    }

    private static void react(SimulatedReplica replica, String step, String reaction) {
        replica.onApply(data -> {
            if (step.equals(data.get("step"))) {
                replica.put("step", reaction);
            }
        });
    }

    private static Object rolesOf(SimulatedReplica replica) {
        return replica.data().get("user") instanceof Map<?, ?> user && user.get("roles") instanceof List<?> roles
                ? roles
                : List.of();
    }

    private static List<Map<String, Object>> items(String label) {
        return IntStream.range(0, 1000)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i, "label", label + " " + i))
                .toList();
    }
}
