package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import io.statesync.test.SourceContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the counter promises on each database. */
abstract class JdbcCounterContract extends SourceContract {

    private static final int WRITERS = 4;
    private static final int ISSUES_OF_EACH = 2_500;

    /** A pool of the database under test; each call gives another one. */
    abstract DataSource dataSource();

    /** What its script is called after. */
    abstract String platform();

    private DataSource pool;

    @BeforeEach
    void emptyTables() {
        pool = dataSource();
        Schema.create(pool, platform());
        Schema.create(pool, platform());
        new JdbcTemplate(pool).update("DELETE FROM statesync_revision");
    }

    @Override
    protected RevisionCounter counterBefore(Revision revision) {
        new JdbcTemplate(pool)
                .update(
                        "INSERT INTO statesync_revision (topic, revision) VALUES (?, ?)",
                        "price-list",
                        new BigDecimal(revision.toString()).subtract(BigDecimal.TEN));
        return JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
    }

    @Override
    protected RevisionCounter freshCounter() {
        return JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
    }

    @Override
    protected int rounds() {
        return 2_000;
    }

    @Test
    void twoWritersNeverIssueTheSame() throws Exception {
        List<JdbcRevisionCounter> counters = List.of(
                JdbcRevisionCounter.hybrid(pool, JdbcTables.DEFAULT),
                JdbcRevisionCounter.hybrid(dataSource(), JdbcTables.DEFAULT));
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<List<Revision>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                JdbcRevisionCounter counter = counters.get(writer % 2);
                writers.add(() -> IntStream.range(0, ISSUES_OF_EACH)
                        .mapToObj(it -> counter.next("contended"))
                        .toList());
            }
            Set<Revision> issued = new HashSet<>();
            for (Future<List<Revision>> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isSorted();
                issued.addAll(writer.get());
            }
            assertThat(issued).hasSize(WRITERS * ISSUES_OF_EACH);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRollbackTakesTheRevisionBackAndACommitKeepsIt() {
        JdbcRevisionCounter counter = JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
        assertThat(counter.next("prices")).isEqualTo(new Revision(1));

        transaction.executeWithoutResult(status -> {
            assertThat(counter.nextInTransaction("prices")).contains(new Revision(2));
            status.setRollbackOnly();
        });
        assertThat(counter.current(List.of("prices"))).containsEntry("prices", new Revision(1));
        transaction.executeWithoutResult(
                status -> assertThat(counter.nextInTransaction("prices")).contains(new Revision(2)));

        assertThat(counter.current(List.of("prices"))).containsEntry("prices", new Revision(2));
    }

    @Test
    void noTransactionAndAnotherDatabasesTransactionAreNotJoined() {
        JdbcRevisionCounter counter = JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
        TransactionTemplate elsewhere = new TransactionTemplate(new DataSourceTransactionManager(dataSource()));

        assertThat(counter.nextInTransaction("prices")).isEmpty();
        Optional<Revision> issued = elsewhere.execute(status -> {
            // what the application reads here is bound to the thread, too
            counter.current(List.of("prices"));
            return counter.nextInTransaction("prices");
        });

        assertThat(issued).isEmpty();
        assertThat(counter.current(List.of("prices"))).isEmpty();
    }

    @Test
    void aHybridRevisionIsNewerThanTheClockAndThanItsPredecessor() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        JdbcRevisionCounter counter = JdbcRevisionCounter.hybrid(pool, JdbcTables.DEFAULT, () -> now);
        JdbcRevisionCounter late = JdbcRevisionCounter.hybrid(pool, JdbcTables.DEFAULT, () -> now.minusSeconds(60));

        Revision first = counter.next("prices");

        assertThat(first).isEqualTo(new Revision(now.toEpochMilli() << 20));
        assertThat(late.next("prices")).isEqualTo(first.next());
    }

    @Test
    void manyTopicsAreReadAtOnceAndUnknownOnesAreLeftOut() {
        JdbcRevisionCounter counter = JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
        List<String> topics =
                IntStream.range(0, 1_200).mapToObj(it -> "topic-" + it).toList();
        counter.next("topic-0");
        counter.next("topic-1199");
        counter.next("topic-1199");

        Map<String, Revision> current = counter.current(topics);

        assertThat(current)
                .containsExactlyInAnyOrderEntriesOf(Map.of("topic-0", new Revision(1), "topic-1199", new Revision(2)));
    }

    @Test
    void topicsOfAnyScriptAndLengthAreCounted() {
        JdbcRevisionCounter counter = JdbcRevisionCounter.sequential(pool, JdbcTables.DEFAULT);
        String longest = "\uD83D\uDE80".repeat(255);

        assertThat(counter.next(longest)).isEqualTo(new Revision(1));
        assertThat(counter.next("Preise")).isEqualTo(new Revision(1));
        assertThat(counter.next("preise")).isEqualTo(new Revision(1));
        assertThatThrownBy(() -> counter.next(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
