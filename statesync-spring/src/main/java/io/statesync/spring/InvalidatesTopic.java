package io.statesync.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Announces that topics have changed, after the method has returned, and inside a transaction after its commit; not if the
 * method throws or the transaction is rolled back. The twin of {@link io.statesync.source.StatePublisher#invalidate}. A
 * method that returns a {@link java.util.concurrent.CompletionStage} has succeeded when that stage has.
 *
 * <p>It works by a proxy, as {@code @Transactional} does: a call inside the same object announces nothing.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface InvalidatesTopic {

    /** The topics. */
    String[] value();

    /**
     * A SpEL expression that says whether to announce, as in {@code @CacheEvict}; by default always. It is evaluated after
     * the method: {@code #result} is what it returned (or what its stage or {@code Optional} holds), {@code #root.args},
     * {@code #p0} or {@code #name} an argument, {@code #root.target} the object, {@code @name} a bean. One that does not
     * parse is refused at the start. One that fails or is null is reported, and the topics are invalidated: rather a needless
     * fetch than a hidden change.
     */
    String condition() default "";
}
