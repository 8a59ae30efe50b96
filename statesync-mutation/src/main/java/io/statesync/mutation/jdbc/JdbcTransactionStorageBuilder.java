package io.statesync.mutation.jdbc;

import io.statesync.policy.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JdbcTransactionStorage}. Everything has a default. Not thread-safe. */
public final class JdbcTransactionStorageBuilder {

    private static final int LONGEST_NAME = 255;

    private final Function<String, Database> database;
    private String name = "default";
    private String owner = "process " + ProcessHandle.current().pid();
    private Duration lease;
    private Duration patience = Duration.ofSeconds(10);
    private Duration answerTimeout = Duration.ofSeconds(30);
    private boolean createTables = true;
    private Scheduler scheduler = Scheduler.system();
    private InstantSource clock = Clock.systemUTC();
    private @Nullable LongConsumer onForce;

    private JdbcTransactionStorageBuilder(Function<String, Database> database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    static JdbcTransactionStorageBuilder of(Path file) {
        return new JdbcTransactionStorageBuilder(name -> new EmbeddedFile(file), Duration.ZERO);
    }

    static JdbcTransactionStorageBuilder of(DataSource dataSource) {
        return new JdbcTransactionStorageBuilder(name -> new SharedDatabase(dataSource, name), Duration.ofSeconds(15));
    }

    /** Which of the stores in the database; {@code default} if nothing is said. Each node needs one of its own. */
    public JdbcTransactionStorageBuilder name(String newName) {
        if (newName.isBlank() || newName.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name of a transaction store has 1 to " + LONGEST_NAME + " characters, got '" + newName + "'");
        }
        name = newName;
        return this;
    }

    /** What this node is called in the messages that another node gets; the process's id if nothing is said. */
    public JdbcTransactionStorageBuilder owner(String newOwner) {
        if (newOwner.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the owner has at most " + LONGEST_NAME + " characters");
        }
        owner = newOwner;
        return this;
    }

    /**
     * How long a store in a shared database stays this node's when nothing is heard of it; 15 s if nothing is said. It is
     * renewed three times as often. The clocks of the nodes have to agree much better than that.
     */
    public JdbcTransactionStorageBuilder lease(Duration newLease) {
        if (lease.isZero()) {
            throw new IllegalArgumentException("an embedded file has no lease: its lock says whose it is");
        }
        lease = positive("lease", newLease);
        return this;
    }

    /**
     * How long a commit that failed is tried again before those who wait for it are told; 10 s if nothing is said. It is
     * tried in the background after that, too.
     */
    public JdbcTransactionStorageBuilder patience(Duration newPatience) {
        if (newPatience.isNegative()) {
            throw new IllegalArgumentException("the patience must not be negative, got " + newPatience);
        }
        patience = newPatience;
        return this;
    }

    /**
     * How long PostgreSQL or MariaDB may take to answer the writer before its connection counts as lost; 30 s if nothing is
     * said. The time to connect is the data source's.
     */
    public JdbcTransactionStorageBuilder answerTimeout(Duration newAnswerTimeout) {
        answerTimeout = positive("time to answer", newAnswerTimeout);
        return this;
    }

    /** Whether missing tables are created; yes if nothing is said. If not, the scripts are for your migration tool. */
    public JdbcTransactionStorageBuilder createTables(boolean newCreateTables) {
        createTables = newCreateTables;
        return this;
    }

    /** The source of time for leases and repeated attempts. */
    public JdbcTransactionStorageBuilder scheduler(Scheduler newScheduler) {
        scheduler = newScheduler;
        return this;
    }

    /** The source of dates, for leases. */
    public JdbcTransactionStorageBuilder clock(InstantSource newClock) {
        clock = newClock;
        return this;
    }

    /** Hears how long each group commit took until it was on disk, in nanoseconds; called on the writer's thread: it counts, and never throws. */
    public JdbcTransactionStorageBuilder onForce(LongConsumer listener) {
        onForce = listener;
        return this;
    }

    /** A storage that is not open yet. */
    public JdbcTransactionStorage build() {
        return new JdbcTransactionStorage(
                database.apply(name),
                new StoreSettings(
                        name, owner, lease, patience, answerTimeout, createTables, scheduler, clock, onForce));
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.toMillis() <= 0) {
            throw new IllegalArgumentException("the " + what + " must be at least a millisecond, got " + duration);
        }
        return duration;
    }
}
