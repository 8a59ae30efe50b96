package io.statesync.mutation.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one who writes: takes a batch, commits it as one database transaction, tells those who wait. Runs on a thread
 * of its own, which nobody else can interrupt; all its fields belong to that thread.
 *
 * <p>A commit that failed may have happened or not. It is never believed: everything that is active is written again on a
 * fresh connection. While that fails, those who wait go on waiting for the time of {@link StoreSettings#patience}; then
 * they are told, and it is tried in the background until it succeeds, the store is taken over, or closed. A driver may
 * fail an assertion of its own when the connection breaks inside a batch (PostgreSQL's does): that is a failed commit, too.
 */
final class Writer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(JdbcTransactionStorage.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Intake intake;
    private final Ledger ledger;
    private final StoreSettings settings;
    private final StoreCondition condition;
    private final SessionOpener opener;

    private @Nullable Session session;
    private @Nullable Throwable outage;
    private long outageSince;
    private int failures;

    Writer(
            Intake intake,
            Ledger ledger,
            StoreSettings settings,
            StoreCondition condition,
            SessionOpener opener,
            Session session) {
        this.intake = intake;
        this.ledger = ledger;
        this.settings = settings;
        this.condition = condition;
        this.opener = opener;
        this.session = session;
    }

    @Override
    public void run() {
        try {
            if (settings.leased()) {
                later(renewal(), this::renew);
            }
            for (Object work = intake.take(); work != null; work = intake.take()) {
                work(work);
            }
            end();
        } catch (RuntimeException | Error e) {
            // without this those who wait would wait for ever
            log.error(
                    "The writer of the transaction store '{}' has ended: nothing is durable any more.",
                    settings.name(),
                    e);
            intake.close();
            condition.outage(e);
            condition.degrade();
            intake.failed(condition.failure());
            drop();
        }
    }

    private void work(Object work) {
        if (work instanceof Batch batch) {
            batch.events.forEach(ledger::take);
            batch.events.clear();
            write();
        } else {
            ((Runnable) work).run();
        }
    }

    private void write() {
        Session open = session;
        if (open == null) {
            // the repair that is scheduled will write it too
            failIfHopeless();
            return;
        }
        try {
            commit(open);
            ledger.written();
            intake.committed();
        } catch (SQLException | RuntimeException | AssertionError e) {
            lost(e);
            repair();
        } catch (TakenOverException e) {
            takenOver(e);
        }
    }

    private void commit(Session open) throws SQLException, TakenOverException {
        LongConsumer onForce = settings.onForce();
        if (onForce == null) {
            open.write(ledger.changes());
            return;
        }
        long began = settings.scheduler().now();
        open.write(ledger.changes());
        onForce.accept(settings.scheduler().now() - began);
    }

    private void repair() {
        if (condition.isTakenOver() || session != null) {
            return;
        }
        try {
            Session fresh = opener.open();
            try {
                fresh.rewrite(ledger.everything());
            } catch (SQLException | RuntimeException | AssertionError | TakenOverException e) {
                quietly(fresh);
                throw e;
            }
            session = fresh;
            ledger.written();
            if (failures > 0) {
                log.info(
                        "The transaction store '{}' can be written again; all active transactions were.",
                        settings.name());
            }
            outage = null;
            failures = 0;
            condition.well();
            intake.committed();
        } catch (SQLException | RuntimeException | AssertionError e) {
            failedAgain(e);
        } catch (TakenOverException e) {
            takenOver(e);
        }
    }

    /** The commit failed, or the connection did. */
    private void lost(Throwable e) {
        log.warn(
                "The transaction store '{}' could not be written; it is tried on a fresh connection.",
                settings.name(),
                e);
        drop();
        outageSince = settings.scheduler().now();
    }

    private void failedAgain(Throwable e) {
        outage = e;
        condition.outage(e);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, 10));
        failIfHopeless();
        later(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, this::repair);
    }

    private void failIfHopeless() {
        if (condition.isTakenOver()) {
            intake.failed(condition.failure());
        } else if (settings.scheduler().now() - outageSince
                >= settings.patience().toNanos()) {
            if (condition.degrade()) {
                log.error(
                        "The transaction store '{}' cannot be written: transactions are not durable until it can.",
                        settings.name(),
                        outage);
            }
            intake.failed(condition.failure());
        }
    }

    private void takenOver(TakenOverException e) {
        log.error("{}", e.getMessage());
        drop();
        condition.takenOver(e);
        intake.failed(condition.failure());
    }

    private void renew() {
        Session open = session;
        if (condition.isTakenOver()) {
            return;
        }
        if (open != null) {
            try {
                open.renew();
            } catch (SQLException | RuntimeException | AssertionError e) {
                lost(e);
                repair();
            } catch (TakenOverException e) {
                takenOver(e);
            }
        }
        later(renewal(), this::renew);
    }

    /** Deletes terminal transactions; the result comes when it is committed. */
    void delete(List<Long> sequences, CompletableFuture<Integer> deleted) {
        Session open = session;
        if (open == null) {
            deleted.completeExceptionally(condition.failure());
            return;
        }
        try {
            deleted.complete(open.delete(sequences, ledger.lastSequence()));
        } catch (SQLException | RuntimeException | AssertionError e) {
            lost(e);
            repair();
            deleted.completeExceptionally(e);
        } catch (TakenOverException e) {
            takenOver(e);
            deleted.completeExceptionally(e);
        }
    }

    /** The thread ends; what could not be written by now is not going to be. */
    private void end() {
        if (session == null && !condition.isTakenOver() && ledger.isDirty()) {
            repair();
        }
        condition.close();
        intake.failed(condition.failure());
        Session open = session;
        if (open != null) {
            try {
                open.release();
            } catch (SQLException e) {
                log.debug("The lease of the transaction store '{}' ends by itself.", settings.name(), e);
            }
        }
        drop();
    }

    private Duration renewal() {
        return settings.lease().dividedBy(3);
    }

    private void later(Duration delay, Runnable task) {
        try {
            settings.scheduler().schedule(() -> intake.run(task), delay);
        } catch (RejectedExecutionException e) {
            log.warn("The scheduler of the transaction store '{}' takes nothing any more.", settings.name(), e);
        }
    }

    private void drop() {
        Session open = session;
        session = null;
        if (open != null) {
            quietly(open);
        }
    }

    private static void quietly(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            log.debug("A connection that is given up could not be closed.", e);
        }
    }

    /** Opens a connection that is ready to write. */
    @FunctionalInterface
    interface SessionOpener {
        Session open() throws SQLException;
    }
}
