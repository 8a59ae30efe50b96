package io.statesync.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.AnnotatedElementKey;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.CachedExpressionEvaluator;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ObjectUtils;

/** The conditions of {@link InvalidatesTopic} methods. Safe for use by any thread. */
final class Conditions extends CachedExpressionEvaluator {

    private static final Logger log = LoggerFactory.getLogger(Conditions.class);

    private final Map<ExpressionKey, Expression> parsed = new ConcurrentHashMap<>();

    /** Written once, before the first proxy is made. */
    private volatile @Nullable BeanFactory beans;

    void beans(BeanFactory newBeans) {
        beans = newBeans;
    }

    /** @throws SetupException if it is no expression */
    static void requireValid(String condition, String place) {
        if (condition.isEmpty()) {
            return;
        }
        try {
            new SpelExpressionParser().parseExpression(condition);
        } catch (ParseException | IllegalStateException e) {
            throw new SetupException(
                    place + " has a condition that is no SpEL expression: " + condition + ": " + e.getMessage() + ".",
                    "Write one that is true or false, such as condition = \"#result\" or \"#p0 != null\".",
                    e);
        }
    }

    /**
     * Whether to announce. One that cannot be told is yes: a needless invalidation costs a fetch, a missing one hides a
     * change.
     */
    boolean holds(InvalidatesTopic on, Method method, MethodInvocation call, @Nullable Object result) {
        if (on.condition().isEmpty()) {
            return true;
        }
        try {
            Boolean held = evaluate(on.condition(), method, call, result);
            if (held != null) {
                return held;
            }
            report(on, method, "it is null");
        } catch (RuntimeException e) {
            log.debug("The condition of {} failed", Signatures.describe(method), e);
            report(on, method, Reasons.of(e));
        }
        return true;
    }

    private @Nullable Boolean evaluate(
            String condition, Method method, MethodInvocation call, @Nullable Object result) {
        Object target = call.getThis();
        Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
        Root root = new Root(method, call.getArguments(), target, type);
        MethodBasedEvaluationContext context =
                new MethodBasedEvaluationContext(root, method, call.getArguments(), getParameterNameDiscoverer());
        context.setVariable("result", ObjectUtils.unwrapOptional(result));
        BeanFactory known = beans;
        if (known != null) {
            context.setBeanResolver(new BeanFactoryResolver(known));
        }
        return getExpression(parsed, new AnnotatedElementKey(method, type), condition)
                .getValue(context, Boolean.class);
    }

    private static void report(InvalidatesTopic on, Method method, String problem) {
        log.warn(
                "Topics {}: the condition {} of @InvalidatesTopic on {} cannot be told, they are invalidated: {}",
                String.join(", ", on.value()),
                on.condition(),
                Signatures.describe(method),
                problem);
    }

    /** What {@code #root} is in an expression, as in {@code @CacheEvict}. */
    @SuppressWarnings("UnusedMethod") // called by name
    private record Root(
            Method method,
            @Nullable Object[] args,
            @Nullable Object target,
            Class<?> targetClass) {

        public Method getMethod() {
            return method;
        }

        public String getMethodName() {
            return method.getName();
        }

        public @Nullable Object[] getArgs() {
            return args;
        }

        public @Nullable Object getTarget() {
            return target;
        }

        public Class<?> getTargetClass() {
            return targetClass;
        }
    }
}
