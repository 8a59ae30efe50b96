package io.statesync.autoconfigure;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Binds what is written, value by value with Spring Boot's own binder, and takes everything else from the defaults: a topic
 * with one key costs one look-up, not 25. It gives up as soon as anything is not as it should be; what is wrong is said by
 * whoever binds in full.
 */
final class SparseBinder {

    private static final Logger log = LoggerFactory.getLogger(SparseBinder.class);
    private static final Map<Class<?>, Record> ENTRIES = Map.of(
            StateSyncProperties.Topic.class, DefaultProperties.TOPIC,
            StateSyncProperties.Source.class, DefaultProperties.SOURCE);

    private final WrittenKeys keys;
    private final Binder binder;
    private final Map<Class<?>, Shape> shapes = new HashMap<>();

    /** The same words for the same setting of another topic mean the same, and are immutable. */
    private final Map<Text, Object> converted = new HashMap<>();

    private int bound;

    private SparseBinder(WrittenKeys keys, Binder binder) {
        this.keys = keys;
        this.binder = binder;
    }

    /** Null if it has to be bound in full. */
    static @Nullable StateSyncProperties bind(Environment environment, WrittenKeys keys) {
        if (!keys.areComplete()) {
            return null;
        }
        try {
            SparseBinder sparse = new SparseBinder(keys, Binder.get(environment));
            if (!sparse.knowsAll()) {
                return null;
            }
            return sparse.record(ConfigurationPropertyName.of("statesync"), DefaultProperties.ALL);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("The properties are bound in full", e);
            return null;
        }
    }

    private boolean knowsAll() throws NoSuchMethodException {
        for (ConfigurationPropertyName key : keys.checked()) {
            if (!isValue(key)) {
                return false;
            }
        }
        return true;
    }

    private boolean isValue(ConfigurationPropertyName key) throws NoSuchMethodException {
        Class<?> type = StateSyncProperties.class;
        int length = key.getNumberOfElements();
        for (int i = 1; i < length; i++) {
            RecordComponent component = shape(type).byKey().get(key.getElement(i, Form.UNIFORM));
            if (component == null) {
                return false;
            }
            type = component.getType();
            if (type == Map.class) {
                type = entryType(component);
                i++;
            } else if (!type.isRecord()) {
                return i + 1 == length || (type == List.class && i + 2 == length && key.isNumericIndex(i + 1));
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked") // a record of the same class
    private <R extends Record> R record(ConfigurationPropertyName name, R otherwise)
            throws ReflectiveOperationException {
        if (!keys.maybe(name)) {
            return otherwise;
        }
        Shape shape = shape(otherwise.getClass());
        Object[] values = new Object[shape.components().length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = shape.components()[i];
            values[i] = value(
                    name.append(shape.names()[i]),
                    component,
                    component.getAccessor().invoke(otherwise));
        }
        return (R) shape.constructor().newInstance(values);
    }

    private @Nullable Object value(
            ConfigurationPropertyName name, RecordComponent component, @Nullable Object otherwise)
            throws ReflectiveOperationException {
        if (!keys.maybe(name)) {
            return otherwise;
        }
        if (otherwise instanceof Record group) {
            return record(name, group);
        }
        if (component.getType() == Map.class) {
            return entries(component);
        }
        Text text = component.getType() != List.class && keys.raw(name) instanceof String raw && !raw.contains("${")
                ? new Text(component, raw)
                : null;
        Object value = text == null ? null : converted.get(text);
        if (value == null) {
            value = binder.bind(name, Bindable.of(ResolvableType.forType(component.getGenericType())))
                    .orElse(null);
            if (value != null && text != null) {
                converted.put(text, value);
            }
        }
        bound += value == null ? 0 : 1;
        return value == null ? otherwise : value;
    }

    private Map<String, Object> entries(RecordComponent map) throws ReflectiveOperationException {
        Map<String, Object> values = new LinkedHashMap<>();
        Class<?> type = entryType(map);
        for (Map.Entry<String, ConfigurationPropertyName> entry :
                keys.entries(map.getName()).entrySet()) {
            int before = bound;
            Object value = entry(type, map.getName(), entry.getKey(), entry.getValue());
            if (value != null && bound > before) {
                values.put(entry.getKey(), value);
            }
        }
        return values;
    }

    /* What the environment alone names is read as Spring Boot reads it: its words run together. */
    private @Nullable Object entry(Class<?> type, String map, String entry, ConfigurationPropertyName name)
            throws ReflectiveOperationException {
        Record otherwise = ENTRIES.get(type);
        if (otherwise != null && keys.written(map).contains(entry)) {
            return record(name, otherwise);
        }
        BindResult<?> result = binder.bind(name, Bindable.of(type));
        bound += result.isBound() ? 1 : 0;
        return result.isBound() ? result.get() : null;
    }

    private static Class<?> entryType(RecordComponent map) {
        return ResolvableType.forType(map.getGenericType()).getGeneric(1).toClass();
    }

    private Shape shape(Class<?> type) throws NoSuchMethodException {
        Shape known = shapes.get(type);
        if (known == null) {
            known = Shape.of(type);
            shapes.put(type, known);
        }
        return known;
    }

    private record Text(RecordComponent component, String text) {}

    /** What a record is made of. */
    private record Shape(
            RecordComponent[] components,
            String[] names,
            Constructor<?> constructor,
            Map<String, RecordComponent> byKey) {

        static Shape of(Class<?> type) throws NoSuchMethodException {
            RecordComponent[] components = type.getRecordComponents();
            String[] names = new String[components.length];
            Class<?>[] types = new Class<?>[components.length];
            Map<String, RecordComponent> byKey = new HashMap<>();
            for (int i = 0; i < components.length; i++) {
                names[i] = dashed(components[i].getName());
                types[i] = components[i].getType();
                byKey.put(components[i].getName().toLowerCase(Locale.ROOT), components[i]);
            }
            return new Shape(components, names, type.getDeclaredConstructor(types), byKey);
        }

        private static String dashed(String name) {
            StringBuilder dashed = new StringBuilder();
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if (Character.isUpperCase(c)) {
                    dashed.append('-');
                }
                dashed.append(Character.toLowerCase(c));
            }
            return dashed.toString();
        }
    }
}
