package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** MU-T5: equal keys are applied once, in the transaction of the change. */
abstract class IdempotentChangesContract {

    private JdbcTemplate database;
    private TransactionTemplate transactions;
    private IdempotentChanges changes;

    abstract DataSource dataSource();

    abstract String platform();

    @BeforeEach
    void create() {
        DataSource dataSource = dataSource();
        Schema.create(dataSource, platform());
        database = new JdbcTemplate(dataSource);
        database.execute("DROP TABLE IF EXISTS stock");
        database.execute("CREATE TABLE stock (pieces INTEGER)");
        database.update("INSERT INTO stock VALUES (0)");
        transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        changes = new IdempotentChanges(
                dataSource, transactions, JdbcTables.DEFAULT, InstantSource.fixed(Instant.ofEpochMilli(1000)));
        changes.forget(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private int pieces() {
        return database.queryForObject("SELECT pieces FROM stock", Integer.class);
    }

    private void add() {
        database.update("UPDATE stock SET pieces = pieces + 1");
    }

    @Test
    void aKeyIsAppliedOnce() {
        assertThat(changes.once("a", this::add)).isTrue();
        assertThat(changes.once("a", this::add)).isFalse();
        assertThat(changes.once("b", this::add)).isTrue();

        assertThat(pieces()).isEqualTo(2);
    }

    @Test
    void aChangeThatFailsLeavesNoKeyAndNoTrace() {
        assertThatThrownBy(() -> changes.once("a", () -> {
                    add();
                    throw new IllegalStateException("too much");
                }))
                .hasMessage("too much");

        assertThat(pieces()).isZero();
        assertThat(changes.once("a", this::add)).isTrue();
        assertThat(pieces()).isEqualTo(1);
    }

    @Test
    void theTransactionOfTheCallerDecides() {
        transactions.executeWithoutResult(status -> {
            changes.once("a", this::add);
            status.setRollbackOnly();
        });

        assertThat(pieces()).isZero();
        assertThat(changes.once("a", this::add)).isTrue();
    }

    @Test
    void manyAtOnceApplyItOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CyclicBarrier start = new CyclicBarrier(4);
        AtomicInteger applied = new AtomicInteger();
        try {
            for (int round = 0; round < 10; round++) {
                String key = "round-" + round;
                List<Future<?>> requests = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    requests.add(threads.submit(() -> {
                        start.await();
                        return changes.once(key, this::add) ? applied.incrementAndGet() : 0;
                    }));
                }
                for (Future<?> request : requests) {
                    request.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(applied).hasValue(10);
        assertThat(pieces()).isEqualTo(10);
    }

    @Test
    void oldKeysAreForgottenWhenSomebodySaysSo() {
        changes.once("a", this::add);

        assertThat(changes.forget(Instant.ofEpochMilli(1000))).isZero();
        assertThat(changes.once("a", this::add)).isFalse();
        assertThat(changes.forget(Instant.ofEpochMilli(1001))).isEqualTo(1);
        assertThat(changes.once("a", this::add)).isTrue();
    }

    @Test
    void whatIsNoKeyIsRefusedAndSoIsAnotherDatabasesTransaction() {
        assertThatIllegalArgumentException().isThrownBy(() -> changes.once(" ", this::add));
        assertThatIllegalArgumentException().isThrownBy(() -> changes.once("k".repeat(256), this::add));
        IdempotentChanges elsewhere =
                new IdempotentChanges(dataSource(), TransactionOperations.withoutTransaction(), JdbcTables.DEFAULT);
        assertThatIllegalStateException()
                .isThrownBy(() -> elsewhere.once("a", this::add))
                .withMessageContaining("statesync_idempotency");
        assertThat(pieces()).isZero();
    }
}
