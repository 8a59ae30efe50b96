package io.statesync.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Something of the application's that takes the snapshots of a topic.
 *
 * @param topic the topic
 * @param bean the name of the bean
 * @param method the method that takes them; null if the bean is a {@link io.statesync.SnapshotApplier}
 * @param type the type of the data; {@code NONE} if it does not say
 * @param kind finds the applier of a bean that is none itself; null if it is one
 */
record ApplierDeclaration(
        String topic,
        String bean,
        @Nullable Method method,
        ResolvableType type,
        @Nullable ApplierKind kind) {

    ApplierDeclaration(String topic, String bean, @Nullable Method method, ResolvableType type) {
        this(topic, bean, method, type, null);
    }

    String description() {
        return method == null ? "bean \"" + bean + "\"" : Signatures.describe(method);
    }
}
