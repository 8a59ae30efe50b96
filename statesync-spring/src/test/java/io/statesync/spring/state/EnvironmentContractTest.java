package io.statesync.spring.state;

import io.statesync.SnapshotApplier;
import io.statesync.state.EntryMapping;
import io.statesync.test.AtomicStateAdapterContract;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EnvironmentContractTest extends AtomicStateAdapterContract {

    private ConfigurableEnvironment environment = new StandardEnvironment();
    private EnvironmentApplier<Object> applier;

    @Override
    protected SnapshotApplier<Object> adapter(
            Map<String, Object> elsewhere, EntryMapping<Object, String, Object> mapping) {
        environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("application.yml", elsewhere));
        applier = EnvironmentApplier.into(environment, "topic").mapping(mapping).build();
        return applier;
    }

    /* Nested data has flat names here, and is put together again. */
    @Override
    protected Function<String, @Nullable Object> reader() {
        ConfigurableEnvironment handedOut = environment;
        return key -> {
            Object value = handedOut.getProperty(key, Object.class);
            Map<String, Object> nested = new LinkedHashMap<>();
            for (String name : Set.of("x", "y")) {
                Object below = handedOut.getProperty(key + "." + name, Object.class);
                if (below != null) {
                    nested.put(name, below);
                }
            }
            return nested.isEmpty() ? value : nested;
        };
    }

    @Override
    protected Map<String, Object> everything() {
        return applier.properties();
    }

    @Override
    protected void onChange(Consumer<Set<String>> keys) {
        applier.onChange(change -> keys.accept(change.keys()), Runnable::run);
    }
}
