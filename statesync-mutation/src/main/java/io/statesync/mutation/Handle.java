package io.statesync.mutation;

import io.statesync.policy.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A handle on a transaction in work. Safe for use by any thread. */
final class Handle implements TransactionHandle {

    private final Engine engine;
    private final Tx tx;

    Handle(Engine engine, Tx tx) {
        this.engine = engine;
        this.tx = tx;
    }

    @Override
    public String id() {
        return tx.id;
    }

    @Override
    public MutationTransaction snapshot() {
        return tx.snapshot();
    }

    @Override
    public CompletionStage<MutationTransaction> durable() {
        CompletableFuture<MutationTransaction> durable = new CompletableFuture<>();
        engine.journal
                .durable(tx.createdAtPosition)
                .whenComplete((nothing, error) -> Engine.run(engine.callbacks, () -> {
                    if (error == null) {
                        durable.complete(tx.snapshot());
                    } else {
                        durable.completeExceptionally(Outcomes.unwrap(error));
                    }
                }));
        return durable.minimalCompletionStage();
    }

    @Override
    public CompletionStage<MutationTransaction> persisted() {
        return tx.persisted.minimalCompletionStage();
    }

    @Override
    public CompletionStage<MutationTransaction> completed() {
        return tx.completed.minimalCompletionStage();
    }

    @Override
    public boolean cancel() {
        return engine.step(turn -> engine.endings.cancel(turn, tx));
    }

    @Override
    public MutationTransaction await(Duration timeout) throws InterruptedException, TimeoutException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        tx.completed.whenComplete((transaction, error) -> {
            ended.set(true);
            over.countDown();
        });
        Scheduler.Timer timer = engine.settings.scheduler.schedule(over::countDown, timeout);
        try {
            over.await();
        } finally {
            timer.cancel();
        }
        if (!ended.get()) {
            throw new TimeoutException("transaction " + tx.id + " did not end within " + timeout + ": it is "
                    + tx.snapshot().state());
        }
        return tx.snapshot();
    }
}
