package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.Topic;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

/** Which methods may carry an annotation, and what is said of those that may not. */
public final class Signatures {

    private Signatures() {}

    /** The type of the data that an applier method takes. */
    static ResolvableType ofApplier(Method method, Class<?> beanType) {
        refuseSuspend(SyncedTopic.class, method);
        if (method.getReturnType() != void.class) {
            throw refused(
                    SyncedTopic.class,
                    method,
                    "it returns " + method.getReturnType().getSimpleName() + ", which nobody would look at",
                    "Let the method return void and throw an exception if the snapshot cannot be taken.");
        }
        Class<?>[] parameters = method.getParameterTypes();
        boolean valid = parameters.length == 1 || (parameters.length == 2 && parameters[1] == Revision.class);
        if (!valid) {
            throw refused(
                    SyncedTopic.class,
                    method,
                    "it has other parameters than a snapshot",
                    "Give it one parameter, the data T or SnapshotEnvelope<T>, or two: the data and io.statesync.Revision.");
        }
        ResolvableType parameter = ResolvableType.forMethodParameter(method, 0, beanType);
        return parameters.length == 1 ? DataTypes.unwrapped(parameter) : DataTypes.resolved(parameter);
    }

    /** What a source method returns. */
    static ResolvableType ofSource(Method method, Class<?> beanType) {
        refuseSuspend(TopicSource.class, method);
        if (method.getParameterCount() != 0 || method.getReturnType() == void.class) {
            throw refused(
                    TopicSource.class,
                    method,
                    "it cannot be asked for the current state",
                    "Let the method have no parameter and return the state, or SnapshotEnvelope<T> if it knows its revision.");
        }
        return ResolvableType.forMethodReturnType(method, beanType);
    }

    /** Refuses a method that a proxy cannot override: its annotation would do nothing, silently. */
    static void requireProxiable(Method method) {
        refuseSuspend(InvalidatesTopic.class, method);
        int modifiers = method.getModifiers();
        if (Modifier.isFinal(modifiers) || Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            throw refused(
                    InvalidatesTopic.class,
                    method,
                    "a proxy cannot override a private, static or final method, so nothing would be announced",
                    "Make the method neither private, static nor final (in Kotlin: open), or call StatePublisher.invalidate(..).");
        }
    }

    /** The name, if a topic may be called so. */
    static String requireTopic(String topic, String place) {
        try {
            return Topic.requireValid(topic);
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    place + " names a topic that cannot be: " + e.getMessage() + ".",
                    "Name the topic in kebab-case, such as \"price-list\".",
                    e);
        }
    }

    /** What is said of an annotation on a method that cannot carry it. */
    public static SetupException refused(
            Class<? extends Annotation> annotation, Method method, String problem, String action) {
        return new SetupException(
                "@" + annotation.getSimpleName() + " cannot be on " + describe(method) + ": " + problem + ".", action);
    }

    /** The method as messages write it. */
    public static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Refuses a suspend function of Kotlin. */
    public static void refuseSuspend(Class<? extends Annotation> annotation, Method method) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw refused(
                    annotation,
                    method,
                    "it is a suspend function, which can only be called from a coroutine",
                    "Make it a plain function; it runs on a thread of its own and may block.");
        }
    }
}
