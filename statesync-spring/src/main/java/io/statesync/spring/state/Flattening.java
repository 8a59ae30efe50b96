package io.statesync.spring.state;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nested data as properties with flat names, by the rules that Spring Boot has for YAML: {@code a.b}, {@code list[0]}, a null
 * and an empty list are an empty text.
 */
final class Flattening {

    private final Map<String, Object> flat = new LinkedHashMap<>();

    private Flattening() {}

    /** The properties, below a prefix that may be empty. */
    static Map<String, Object> flat(String prefix, Map<String, ?> nested) {
        Flattening flattening = new Flattening();
        flattening.addAll(prefix, nested);
        return Collections.unmodifiableMap(flattening.flat);
    }

    private void addAll(String path, Map<?, ?> nested) {
        nested.forEach((key, value) -> add(below(path, String.valueOf(key)), value));
    }

    private void add(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> nested) {
            addAll(name, nested);
        } else if (value instanceof Collection<?> elements) {
            addElements(name, elements);
        } else if (value instanceof Object[] elements) {
            addElements(name, Arrays.asList(elements));
        } else {
            flat.put(name, value == null ? "" : value);
        }
    }

    private void addElements(String name, Collection<?> elements) {
        if (elements.isEmpty()) {
            flat.put(name, "");
        }
        int index = 0;
        for (Object element : elements) {
            add(name + "[" + index + "]", element);
            index++;
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() || key.startsWith("[") ? path + key : path + "." + key;
    }
}
