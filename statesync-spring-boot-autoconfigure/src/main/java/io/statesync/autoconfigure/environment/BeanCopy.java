package io.statesync.autoconfigure.environment;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * The values of a bean's properties at a moment, by the accessors that Spring Boot binds with: any that are neither private nor
 * static. What has a getter alone is a collection, a map or a bean of its own, whose content counts.
 */
final class BeanCopy {

    private final Map<Property, @Nullable Object> values = new LinkedHashMap<>();

    private BeanCopy() {}

    /** Of the properties that have a setter. */
    static BeanCopy ofSettable(Object bean) {
        BeanCopy copy = new BeanCopy();
        for (Property property : Property.of(bean.getClass())) {
            if (property.setter() != null) {
                copy.values.put(property, property.read(bean));
            }
        }
        return copy;
    }

    /** Of all properties; calls all getters, so not for a bean of which nothing is known. */
    static BeanCopy of(Object bean) {
        return of(bean, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static BeanCopy of(Object bean, Set<Object> seen) {
        BeanCopy copy = ofSettable(bean);
        if (seen.add(bean)) {
            for (Property property : Property.of(bean.getClass())) {
                if (property.setter() == null) {
                    copy.values.put(property, content(property.readIfPossible(bean), seen));
                }
            }
        }
        return copy;
    }

    private static @Nullable Object content(@Nullable Object value, Set<Object> seen) {
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        return value == null || !isBean(value) ? null : of(value, seen);
    }

    private static boolean isBean(Object value) {
        return !BeanUtils.isSimpleProperty(value.getClass())
                && !value.getClass().isArray()
                && !(value instanceof Map)
                && !(value instanceof Collection)
                && !value.getClass().getName().startsWith("java.");
    }

    /** Whether Spring Boot could bind a property of this bean, or of one that it holds without a setter, that is not here. */
    static boolean leavesOut(Object bean) {
        return leavesOut(bean, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean leavesOut(Object bean, Set<Object> seen) {
        if (!seen.add(bean)) {
            return false;
        }
        List<Property> properties = Property.of(bean.getClass());
        Set<String> known = properties.stream()
                .filter(it -> it.setter() != null)
                .map(it -> it.setter().getName())
                .collect(Collectors.toSet());
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(bean.getClass(), BeanCopy::isSetter))
                        .anyMatch(it -> !known.contains(it.getName()))
                || properties.stream()
                        .filter(it -> it.setter() == null)
                        .map(it -> it.readIfPossible(bean))
                        .anyMatch(it -> it != null && isBean(it) && leavesOut(it, seen));
    }

    /** Lets the bean, of the same class, have these values. */
    void writeTo(Object bean) {
        values.forEach((property, value) -> {
            if (property.setter() != null) {
                property.write(bean, value);
            } else if (value != null) {
                fill(property.readIfPossible(bean), value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void fill(@Nullable Object inUse, Object content) {
        try {
            if (inUse instanceof Map<?, ?> map && content instanceof Map<?, ?> entries) {
                // whoever reads it meanwhile would find it empty
                if (!map.equals(entries)) {
                    map.clear();
                    ((Map<Object, Object>) map).putAll(entries);
                }
            } else if (inUse instanceof Collection<?> collection && content instanceof Collection<?> elements) {
                if (!new ArrayList<>(collection).equals(elements)) {
                    collection.clear();
                    ((Collection<Object>) collection).addAll(elements);
                }
            } else if (inUse != null && content instanceof BeanCopy nested) {
                nested.writeTo(inUse);
            }
        } catch (UnsupportedOperationException readOnly) {
            // then it is no property, but something that is shown
        }
    }

    private record Property(Method getter, @Nullable Method setter) {

        static List<Property> of(Class<?> type) {
            List<Property> properties = new ArrayList<>();
            for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type, BeanCopy::isAccessor)) {
                String name = nameOf(method);
                if (name != null && method.getDeclaringClass() != Object.class) {
                    Method setter = ReflectionUtils.findMethod(type, "set" + name, method.getReturnType());
                    properties.add(new Property(method, setter != null && isUsable(setter) ? setter : null));
                }
            }
            return properties;
        }

        private static @Nullable String nameOf(Method getter) {
            String name = getter.getName();
            boolean flag = getter.getReturnType() == boolean.class || getter.getReturnType() == Boolean.class;
            String rest =
                    name.startsWith("get") ? name.substring(3) : flag && name.startsWith("is") ? name.substring(2) : "";
            return StringUtils.hasLength(rest) ? rest : null;
        }

        @Nullable
        Object read(Object bean) {
            ReflectionUtils.makeAccessible(getter);
            return ReflectionUtils.invokeMethod(getter, bean);
        }

        /* One without a setter may be anything that is called like a property. */
        @Nullable
        Object readIfPossible(Object bean) {
            try {
                return read(bean);
            } catch (RuntimeException notNow) {
                return null;
            }
        }

        void write(Object bean, @Nullable Object value) {
            if (setter != null) {
                ReflectionUtils.makeAccessible(setter);
                ReflectionUtils.invokeMethod(setter, bean, value);
            }
        }
    }

    private static boolean isAccessor(Method method) {
        return method.getParameterCount() == 0 && method.getReturnType() != void.class && isUsable(method);
    }

    private static boolean isSetter(Method method) {
        return method.getParameterCount() == 1
                && method.getName().length() > 3
                && method.getName().startsWith("set")
                && isUsable(method);
    }

    private static boolean isUsable(Method method) {
        int modifiers = method.getModifiers();
        return !Modifier.isPrivate(modifiers)
                && !Modifier.isStatic(modifiers)
                && !Modifier.isAbstract(modifiers)
                && !method.isBridge();
    }
}
