package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Announces after the method has succeeded. */
final class InvalidatesTopicInterceptor implements MethodInterceptor {

    private static final Logger log = LoggerFactory.getLogger(InvalidatesTopicInterceptor.class);

    private final Supplier<StatePublisher> publisher;
    private final Conditions conditions;

    InvalidatesTopicInterceptor(Supplier<StatePublisher> publisher, Conditions conditions) {
        this.publisher = publisher;
        this.conditions = conditions;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        @Nullable Object result = invocation.proceed();
        Method method = method(invocation);
        InvalidatesTopic on = AnnotatedElementUtils.findMergedAnnotation(method, InvalidatesTopic.class);
        if (on == null) {
            return result;
        }
        if (!(result instanceof CompletionStage<?> stage)) {
            if (conditions.holds(on, method, invocation, result)) {
                invalidate(on.value());
            }
            return result;
        }
        CompletionStage<?> announced = stage.thenApply(value -> {
            if (conditions.holds(on, method, invocation, value)) {
                invalidate(on.value());
            }
            return value;
        });
        // a method that returns a stage of its own kind gets that one back, and may be ahead of the announcement
        return invocation.getMethod().getReturnType().isInstance(announced) ? announced : stage;
    }

    private void invalidate(String[] topics) {
        StatePublisher target = publisher.get();
        for (String topic : topics) {
            CompletableFuture<Revision> issued = target.invalidate(topic);
            if (issued.isCompletedExceptionally()) {
                log.error("Topic {} was changed, but no revision could be issued: replicas do not hear of it", topic);
                issued.join();
            }
        }
    }

    private static Method method(MethodInvocation invocation) {
        Object target = invocation.getThis();
        return target == null
                ? invocation.getMethod()
                : AopUtils.getMostSpecificMethod(invocation.getMethod(), target.getClass());
    }
}
