package io.statesync.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** An annotated method on its bean, or on the proxy that stands for it. */
public final class BoundMethod {

    private final Object bean;
    private final Method method;

    private BoundMethod(Object bean, Method method) {
        this.bean = bean;
        this.method = method;
    }

    /**
     * Binds it.
     *
     * @throws SetupException if the proxy in front of the bean cannot pass the call on
     */
    public static BoundMethod bind(Object bean, Method method, Class<? extends Annotation> annotation) {
        if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
            throw Signatures.refused(
                    annotation,
                    method,
                    "the bean is behind a CGLIB proxy, on which a final method would run with empty fields",
                    "Make the method not final (in Kotlin: open).");
        }
        try {
            Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
            ReflectionUtils.makeAccessible(invocable);
            return new BoundMethod(bean, invocable);
        } catch (IllegalStateException e) {
            throw Signatures.refused(
                    annotation,
                    method,
                    "the bean is behind a proxy that does not have this method",
                    "Make the method package-private, protected or public, and, behind an interface proxy, declare it there.");
        }
    }

    int parameterCount() {
        return method.getParameterCount();
    }

    Class<?> parameterType(int index) {
        return method.getParameterTypes()[index];
    }

    /** Calls it; what it throws comes out as it was thrown. */
    public @Nullable Object invoke(@Nullable Object... arguments) throws Exception {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
