package io.statesync.autoconfigure.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.TestProxy;
import io.statesync.spring.jdbc.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Several sources in JVMs of their own and many replicas, each a context with its own connections, over one transport: they
 * all end on the same last state, whatever was killed or cut off meanwhile. The state is in a PostgreSQL, and so is the
 * counter.
 *
 * <p>The long form: {@code -Dfabric.edits=2000 -Dfabric.replicas=20 -Dfabric.partition=PT5S}.
 */
abstract class FabricContract {

    private static final int SOURCES = 3;
    private static final int EDITS = Integer.getInteger("fabric.edits", 240);
    private static final int REPLICAS = Integer.getInteger("fabric.replicas", 6);
    private static final Duration PARTITION = Duration.parse(System.getProperty("fabric.partition", "PT1S"));
    private static final long SEED = Long.getLong("fabric.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** What each source has besides its database: what it announces over. */
    protected abstract List<String> sourceProperties();

    /**
     * What each replica has.
     *
     * @param port where the server of the transport is for replicas: the way there can be cut
     * @param urls of the sources
     */
    protected abstract List<String> replicaProperties(int port, String urls);

    /** Starts the server of the transport. */
    protected abstract void openServer() throws Exception;

    /** Where it is. */
    protected abstract int serverPort();

    /** The way of the replicas to it, which can be cut. */
    protected TestProxy network() throws IOException {
        return new TestProxy(serverPort());
    }

    /** Kills it with -9, and starts it again at the same port. */
    protected abstract void restartServer() throws Exception;

    protected abstract void closeServer() throws Exception;

    private final List<SourceProcess> sources = new ArrayList<>();
    private final List<FabricReplica> replicas = new ArrayList<>();
    private final Random random = new Random(SEED);
    private PostgresServer database;
    private TestProxy network;
    private int orders;

    /** The database of the sources. */
    protected final PostgresServer database() {
        return database;
    }

    /** Properties of an application that uses the database at this port. */
    protected static List<String> databaseAt(int port) {
        return List.of(
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "spring.datasource.username=postgres",
                "spring.datasource.hikari.connection-timeout=1000",
                "spring.datasource.hikari.maximum-pool-size=4",
                "spring.datasource.hikari.minimum-idle=0");
    }

    @BeforeEach
    void open() throws Exception {
        database = new PostgresServer();
        JdbcTemplate truth = new JdbcTemplate(database.dataSource());
        truth.execute("CREATE TABLE fabric (topic text PRIMARY KEY, number bigint NOT NULL)");
        FabricSource.TOPICS.forEach(topic -> truth.update("INSERT INTO fabric VALUES (?, 0)", topic));
        openServer();
        network = network();
        startSources();
        sources.get(0).edit(FabricSource.TOPICS.size() * 8, SEED);
        await("there is something to read")
                .atMost(PATIENCE)
                .until(() -> sources.get(0).done() == 1);
        String urls = String.join(
                ",", sources.stream().map(it -> "http://127.0.0.1:" + it.port()).toList());
        for (int i = 0; i < REPLICAS; i++) {
            List<String> properties = new ArrayList<>(replicaProperties(network.port(), urls));
            // what arrives was announced, or fetched after a reconnect
            properties.add("statesync.sources.shop.probe-interval=1h");
            properties.add("statesync.sources.shop.heartbeat=500ms");
            replicas.add(FabricReplica.start(properties));
        }
    }

    /* The first one makes the tables. */
    private void startSources() throws Exception {
        List<String> properties = new ArrayList<>(databaseAt(database.port()));
        properties.addAll(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "logging.level.root=warn",
                "statesync.counter=jdbc",
                "statesync.jdbc.initialize-schema=always"));
        FabricSource.TOPICS.forEach(topic -> properties.add("statesync.topics." + topic + ".expose=true"));
        properties.addAll(sourceProperties());
        for (int i = 0; i < SOURCES; i++) {
            SourceProcess source = SourceProcess.start(properties);
            sources.add(source);
            if (i == 0) {
                await("the first source starts").atMost(PATIENCE).until(source::isReady);
            }
        }
        await("all sources start").atMost(PATIENCE).until(() -> sources.stream().allMatch(SourceProcess::isReady));
    }

    @AfterEach
    void close() throws Exception {
        replicas.forEach(FabricReplica::close);
        sources.forEach(SourceProcess::close);
        network.close();
        closeServer();
        database.close();
    }

    @Test
    void allReplicasEndOnTheSameLastState() throws Exception {
        await("all are live").atMost(PATIENCE).until(() -> replicas.stream().allMatch(FabricReplica::isLive));
        edit();
        finished();

        edit();
        restartServer();
        finished();

        network.swallow();
        edit();
        Duration since = Duration.ofNanos(System.nanoTime());
        await("the partition lasts, and is noticed")
                .atMost(PATIENCE)
                .until(() -> Duration.ofNanos(System.nanoTime()).minus(since).compareTo(PARTITION) >= 0
                        && replicas.stream().allMatch(FabricReplica::isStale));
        network.cut();
        network.restore(serverPort());
        finished();

        edit();
        finished();
        converged(System.nanoTime());
        nobodyWentBackwards();
        noTwoEditsHaveOneRevision();
    }

    /* A quarter of them, shared by the sources, at once. */
    private void edit() {
        orders++;
        sources.forEach(source -> source.edit(EDITS / 4 / SOURCES, random.nextLong()));
    }

    private void finished() {
        await("the edits are made")
                .atMost(PATIENCE)
                .until(() -> sources.stream().skip(1).allMatch(source -> source.isReady() && source.done() == orders)
                        && sources.get(0).done() == orders + 1);
    }

    private void converged(long lastEdit) {
        Map<String, Long> truth = truth();
        await("all are at the last state")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        replicas.stream().allMatch(replica -> replica.state().equals(truth)));
        System.out.printf(
                "%s: %d sources, %d replicas, %d edits (%d made again), seed %d: converged %d ms after the last edit%n",
                getClass().getSimpleName(),
                SOURCES,
                REPLICAS,
                edits().size(),
                sources.stream().mapToInt(SourceProcess::failed).sum(),
                SEED,
                Duration.ofNanos(System.nanoTime() - lastEdit).toMillis());
        await("and found live").atMost(PATIENCE).until(() -> replicas.stream().allMatch(FabricReplica::isLive));
    }

    private void nobodyWentBackwards() {
        assertThat(replicas).allSatisfy(replica -> assertThat(replica.steps()).isEmpty());
    }

    /* And in the order of the revisions the numbers rise: no edit is hidden behind an older label. */
    private void noTwoEditsHaveOneRevision() {
        List<SourceProcess.Edit> edits = edits();
        assertThat(edits).hasSizeGreaterThanOrEqualTo(EDITS);
        Set<String> revisions = new HashSet<>();
        assertThat(edits)
                .allSatisfy(edit -> assertThat(revisions.add(edit.topic() + " " + edit.revision()))
                        .as("%s", edit)
                        .isTrue());
        Map<String, Long> last = new HashMap<>();
        edits.stream()
                .sorted(Comparator.comparing(SourceProcess.Edit::revision))
                .forEach(edit -> {
                    Long before = last.put(edit.topic(), edit.number());
                    assertThat(before == null || before < edit.number())
                            .as("%s after %s", edit, before)
                            .isTrue();
                });
    }

    private List<SourceProcess.Edit> edits() {
        return sources.stream().flatMap(source -> source.edits().stream()).toList();
    }

    private Map<String, Long> truth() {
        Map<String, Long> truth = new HashMap<>();
        new JdbcTemplate(database.dataSource()).query("SELECT topic, number FROM fabric", row -> {
            truth.put(row.getString(1), row.getLong(2));
        });
        return truth;
    }
}
