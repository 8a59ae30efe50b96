package io.statesync.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/** The keys that {@link StateSyncProperties} has, to find the one that was meant. */
final class KnownKeys {

    private KnownKeys() {}

    /** What to write instead of a key that is unknown. */
    static String advice(ConfigurationPropertyName name) {
        ResolvableType type = ResolvableType.forClass(StateSyncProperties.class);
        StringBuilder path = new StringBuilder("statesync");
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL);
            Class<?> raw = type.resolve(Object.class);
            if (Map.class.isAssignableFrom(raw)) {
                type = type.asMap().getGeneric(1);
                path.append('.').append(element);
                continue;
            }
            ResolvableType next = raw.isRecord() ? component(raw, element) : null;
            if (next == null) {
                return instead(path.toString(), element, raw) + brackets(name, i);
            }
            type = next;
            path.append('.').append(element);
        }
        return "Remove " + name + ".";
    }

    /** Whether this is a key of an entry of a map, written where the name of the entry has to be. */
    static boolean lacksName(ConfigurationPropertyName key) {
        ResolvableType map = typeOf(key.getParent());
        return Map.class.isAssignableFrom(map.resolve(Object.class))
                && component(map.asMap().getGeneric(1).toClass(), lastOf(key)) != null;
    }

    /** What to write instead of a value for a group of properties. */
    static String below(ConfigurationPropertyName group) {
        ResolvableType type = typeOf(group);
        if (Map.class.isAssignableFrom(type.resolve(Object.class))) {
            return "Write a name below it, and the properties below that: " + group + ".<name>.<property>.";
        }
        return "Write its properties below it: " + group + "." + String.join(", " + group + ".", keys(type.toClass()))
                + "; or remove it.";
    }

    private static ResolvableType typeOf(ConfigurationPropertyName name) {
        ResolvableType type = ResolvableType.forClass(StateSyncProperties.class);
        for (int i = 1; i < name.getNumberOfElements(); i++) {
            Class<?> raw = type.resolve(Object.class);
            ResolvableType next = Map.class.isAssignableFrom(raw)
                    ? type.asMap().getGeneric(1)
                    : raw.isRecord()
                            ? component(raw, name.getElement(i, ConfigurationPropertyName.Form.ORIGINAL))
                            : null;
            type = next == null ? ResolvableType.NONE : next;
        }
        return type;
    }

    private static String lastOf(ConfigurationPropertyName name) {
        return name.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
    }

    private static String instead(String path, String element, Class<?> raw) {
        List<String> keys = keys(raw);
        return keys.stream()
                .min(Comparator.comparingInt(key -> distance(key, element)))
                .map(nearest ->
                        "Did you mean " + path + "." + nearest + "? Known are: " + String.join(", ", keys) + ".")
                .orElse("Nothing stands below " + path + ".");
    }

    /* topics.feature.flags.expose: the name of the topic ended at the first dot */
    private static String brackets(ConfigurationPropertyName name, int unknown) {
        boolean named = unknown == 3
                && (name.getElement(1, ConfigurationPropertyName.Form.ORIGINAL).equals("topics")
                        || name.getElement(1, ConfigurationPropertyName.Form.ORIGINAL)
                                .equals("sources"));
        return named ? " A name that holds a dot is written in brackets: \"[feature.flags]\"." : "";
    }

    private static @Nullable ResolvableType component(Class<?> type, String element) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (kebab(component.getName()).replace("-", "").equals(loose(element))) {
                return ResolvableType.forType(component.getGenericType());
            }
        }
        return null;
    }

    private static List<String> keys(Class<?> type) {
        List<String> keys = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                keys.add(kebab(component.getName()));
            }
        }
        return keys;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String loose(String element) {
        return element.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** How many letters one has to change, add or remove to make one word the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
