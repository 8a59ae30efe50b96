package io.statesync.spring.jdbc;

import io.statesync.InvalidationPublisher;
import io.statesync.policy.Scheduler;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.AfterCommitPublisher;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.json.SnapshotCodec;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * A source as the starter wires it, over a database.
 *
 * @param transaction begins transactions of the database
 * @param publisher issues and announces with them
 * @param store keeps data there
 */
record TestSource(TransactionTemplate transaction, StatePublisher publisher, JdbcStateStore store) {

    static TestSource on(DataSource pool, InvalidationPublisher... publishers) {
        JdbcRevisionCounter counter = JdbcRevisionCounter.hybrid(pool, JdbcTables.DEFAULT);
        Announcer announcer = new Announcer("test", Stream.of(publishers), Scheduler.system(), Runnable::run);
        StatePublisher publisher = new AfterCommitPublisher(
                StatePublisher.of(counter, announcer::announce, "test"), counter, announcer, ChangeObserver.NONE);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
        SnapshotCodec codec = new SnapshotCodec(JsonMapper.shared());
        return new TestSource(
                transaction, publisher, new JdbcStateStore(pool, transaction, JdbcTables.DEFAULT, codec, publisher));
    }

    /** One that counts in memory, and changes topics in transactions of the database. */
    static Consumer<String> inMemory(InvalidationPublisher publisher, TransactionTemplate transaction) {
        Announcer announcer = new Announcer("test", Stream.of(publisher), Scheduler.system(), Runnable::run);
        StatePublisher target =
                new AfterCommitPublisher(StatePublisher.of(RevisionCounter.hybrid(), announcer::announce, "test"));
        return topic -> transaction.executeWithoutResult(status -> target.invalidate(topic));
    }
}
