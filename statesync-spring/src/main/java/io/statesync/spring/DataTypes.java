package io.statesync.spring;

import io.statesync.SnapshotEnvelope;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** The generic types of topics' data, without type variables and wildcards, so that a codec can read into them. */
final class DataTypes {

    private DataTypes() {}

    /** The type with every variable and wildcard replaced by what it stands for; {@code NONE} where that is unknown. */
    static ResolvableType resolved(ResolvableType type) {
        if (type.isArray() && type.getComponentType().hasGenerics()) {
            return ResolvableType.forArrayComponent(resolved(type.getComponentType()));
        }
        Class<?> raw = type.resolve();
        if (raw == null) {
            return ResolvableType.NONE;
        }
        ResolvableType[] generics = type.getGenerics();
        if (generics.length == 0 || type.isArray()) {
            return ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(raw));
        }
        for (int i = 0; i < generics.length; i++) {
            ResolvableType generic = resolved(generics[i]);
            generics[i] = isKnown(generic) ? generic : ResolvableType.forClass(Object.class);
        }
        return ResolvableType.forClassWithGenerics(raw, generics);
    }

    /** {@code T} of {@code T} or {@code SnapshotEnvelope<T>}. */
    static ResolvableType unwrapped(ResolvableType type) {
        return isEnvelope(type) ? resolved(type.as(SnapshotEnvelope.class).getGeneric(0)) : resolved(type);
    }

    static boolean isKnown(ResolvableType type) {
        return type.resolve() != null;
    }

    static boolean isEnvelope(ResolvableType type) {
        return type.resolve() == SnapshotEnvelope.class;
    }
}
