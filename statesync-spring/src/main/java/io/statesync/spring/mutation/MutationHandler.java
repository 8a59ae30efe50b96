package io.statesync.spring.mutation;

import io.statesync.mutation.SyncConfig;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks the method that writes the transactions of a collection to its backend: the {@link
 * io.statesync.mutation.MutationFn#persist} of its mutation function. It has one parameter, a {@link
 * io.statesync.mutation.PersistContext}, and returns a {@link io.statesync.mutation.PersistResult}, the {@link
 * io.statesync.Revision} of the state with the transaction in it, nothing, or a {@link
 * java.util.concurrent.CompletionStage} of one of these.
 *
 * <p>It may block, and is called by several threads at a time. It may be called again for a transaction after a failure,
 * a time-out or a restart: {@code PersistContext.idempotencyKey} is what the backend can tell that by.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MutationHandler {

    /** The collection, which is called as its topic. */
    String value();

    /** The name of the mutation function, where a collection has several: {@code MutationOption.fn} chooses it. */
    String fn() default SyncConfig.DEFAULT_FN;
}
