package io.statesync.spring.state;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** The properties of a topic: those of one snapshot, swapped at once, except for a thread that tries others. */
final class TopicPropertySource extends EnumerablePropertySource<Map<String, Object>> {

    private final ThreadLocal<@Nullable Generation> tried = new ThreadLocal<>();

    /** Written by the refresh thread, one at a time. */
    private volatile Generation newest = Generation.of(Map.of());

    TopicPropertySource(String name) {
        super(name, Map.of());
    }

    /** Runs this as if the properties were these. */
    <R> R trying(Map<String, Object> properties, Supplier<R> task) {
        tried.set(Generation.of(properties));
        try {
            return task.get();
        } finally {
            tried.remove();
        }
    }

    void swap(Map<String, Object> properties) {
        newest = Generation.of(properties);
    }

    private Generation now() {
        Generation trial = tried.get();
        return trial == null ? newest : trial;
    }

    @Override
    public Map<String, Object> getSource() {
        return now().properties;
    }

    @Override
    public String[] getPropertyNames() {
        return now().names.clone();
    }

    @Override
    public boolean containsProperty(String name) {
        return now().properties.containsKey(name);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return now().properties.get(name);
    }

    private record Generation(Map<String, Object> properties, String[] names) {

        static Generation of(Map<String, Object> properties) {
            return new Generation(properties, properties.keySet().toArray(new String[0]));
        }
    }
}
