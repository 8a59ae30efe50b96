package io.statesync.spring.mutation;

import io.statesync.mutation.MutationFn;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.spring.BoundMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A method of the application's as a mutation function. Bound after the collection was opened: its bean may want it. */
final class HandlerFn implements MutationFn {

    private final HandlerDeclaration handler;

    /** Written once, before the engine starts. */
    private volatile @Nullable BoundMethod target;

    HandlerFn(HandlerDeclaration handler) {
        this.handler = handler;
    }

    HandlerDeclaration handler() {
        return handler;
    }

    void bind(Object bean) {
        target = BoundMethod.bind(bean, handler.method(), MutationHandler.class);
    }

    @Override
    public CompletionStage<PersistResult> persist(PersistContext context) throws Exception {
        BoundMethod method = target;
        if (method == null) {
            throw new IllegalStateException(handler.description() + " is not there yet: the context is not complete");
        }
        Object answer = method.invoke(context);
        return answer instanceof CompletionStage<?> later
                ? later.thenApply(HandlerSignature::answer)
                : CompletableFuture.completedStage(HandlerSignature.answer(answer));
    }
}
