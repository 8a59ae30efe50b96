package io.statesync.test.mutation;

import io.statesync.Revision;
import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PendingMutation;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The way of attempts to a backend under test: failed, held and delayed as told. Used by one thread. */
final class TestBackend {

    private final Bench bench;
    private final SyncControl<?, ?> control;
    final Deque<Throwable> failures = new ArrayDeque<>();
    final List<PersistContext> persists = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    boolean holding;

    TestBackend(Bench bench, SyncControl<?, ?> control) {
        this.bench = bench;
        this.control = control;
    }

    MutationFn around(MutationFn fn) {
        return new MutationFn() {
            @Override
            public CompletionStage<PersistResult> persist(PersistContext context) {
                return send(fn, context);
            }

            @Override
            public Optional<CompletionStage<Void>> awaitSync(SyncContext context) {
                return fn.awaitSync(context);
            }
        };
    }

    private CompletionStage<PersistResult> send(MutationFn fn, PersistContext context) {
        persists.add(context);
        CompletableFuture<PersistResult> answer = new CompletableFuture<>();
        Throwable failure = failures.poll();
        if (failure != null) {
            delayed(() -> answer.completeExceptionally(failure));
        } else if (holding) {
            held.add(() -> call(fn, context, answer));
        } else {
            call(fn, context, answer);
        }
        return answer;
    }

    private void call(MutationFn fn, PersistContext context, CompletableFuture<PersistResult> answer) {
        try {
            fn.persist(context).whenComplete((result, error) -> {
                if (error != null) {
                    delayed(() -> answer.completeExceptionally(error));
                } else {
                    delayed(() -> answer.complete(result));
                    written(context.transaction().mutations());
                }
            });
        } catch (Throwable thrown) {
            delayed(() -> answer.completeExceptionally(thrown));
        }
    }

    /** What the backend has now, it says. */
    private void written(List<PendingMutation> mutations) {
        for (SyncControl<?, ?> touched : touched(mutations)) {
            touched.take(mutations);
            if (touched.echoing()) {
                bench.life().execute(touched::emitAgain);
            }
        }
    }

    private Set<SyncControl<?, ?>> touched(List<PendingMutation> mutations) {
        Set<SyncControl<?, ?>> touched = new LinkedHashSet<>();
        for (PendingMutation mutation : mutations) {
            SyncControl<?, ?> its = bench.controls.get(mutation.ref().collection());
            if (its != null) {
                touched.add(its);
            }
        }
        return touched;
    }

    /** A mutation function that has no backend but the kit's: it says at which revision the write will be seen. */
    CompletionStage<PersistResult> takesEverything(PersistContext context) {
        Map<String, Revision> revisions = new HashMap<>();
        touched(context.transaction().mutations())
                .forEach(its ->
                        revisions.put(its.topic(), new Revision(its.revision().bits() + 1)));
        return CompletableFuture.completedStage(PersistResult.revisions(revisions));
    }

    private void delayed(Runnable answer) {
        if (control.delay.isZero()) {
            answer.run();
        } else if (bench.alive()) {
            bench.life().later(control.delay, answer);
        }
    }

    void release() {
        holding = false;
        List<Runnable> all = List.copyOf(held);
        held.clear();
        all.forEach(Runnable::run);
    }

    void forget() {
        held.clear();
    }
}
