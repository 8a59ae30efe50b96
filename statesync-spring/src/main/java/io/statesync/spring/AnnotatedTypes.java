package io.statesync.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Which types may have certain annotations on methods, told by a quick look at the methods as they are: most beans have none,
 * and merging their annotations is slow. For one thread, and one scan.
 */
public final class AnnotatedTypes {

    private final Set<Class<? extends Annotation>> wanted;

    /** By annotation: whether it is one of them, or has one. */
    private final Map<Class<? extends Annotation>, Boolean> leads = new HashMap<>();

    /** By class or interface, without those that it extends. */
    private final Map<Class<?>, Boolean> looked = new HashMap<>();

    public AnnotatedTypes(Set<Class<? extends Annotation>> wanted) {
        this.wanted = wanted;
    }

    /** Whether a method of the type may have one, be it its own or that of a class or interface above it. */
    public boolean isCandidate(Class<?> type) {
        if (isSpringsOwn(type) || !AnnotationUtils.isCandidateClass(type, wanted)) {
            return false;
        }
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            if (hasOne(at)) {
                return true;
            }
        }
        for (Class<?> at : ClassUtils.getAllInterfacesForClassAsSet(type)) {
            if (hasOne(at)) {
                return true;
            }
        }
        return false;
    }

    /* As Spring skips them when it looks for event listeners. */
    private static boolean isSpringsOwn(Class<?> type) {
        return type.getName().startsWith("org.springframework.");
    }

    private boolean hasOne(Class<?> type) {
        return looked.computeIfAbsent(type, this::look);
    }

    private boolean look(Class<?> type) {
        if (isSpringsOwn(type) || type.getName().startsWith("java.")) {
            return false;
        }
        try {
            for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
                for (Annotation annotation : method.getDeclaredAnnotations()) {
                    if (leads(annotation.annotationType())) {
                        return true;
                    }
                }
            }
        } catch (ArrayStoreException | TypeNotPresentException missing) {
            // an annotation names a class that is not here: Spring knows how to read the others
            return true;
        }
        return false;
    }

    private boolean leads(Class<? extends Annotation> annotation) {
        Boolean known = leads.get(annotation);
        if (known == null) {
            known = wanted.contains(annotation) || isMeta(annotation);
            leads.put(annotation, known);
        }
        return known;
    }

    private boolean isMeta(Class<? extends Annotation> annotation) {
        MergedAnnotations above = MergedAnnotations.from(annotation);
        for (Class<? extends Annotation> one : wanted) {
            if (above.isPresent(one)) {
                return true;
            }
        }
        return false;
    }
}
