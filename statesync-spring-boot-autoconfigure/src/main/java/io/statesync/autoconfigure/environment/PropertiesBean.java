package io.statesync.autoconfigure.environment;

import io.statesync.state.MapChange;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** A bean with {@code @ConfigurationProperties}: what is known of it before it is created. */
final class PropertiesBean {

    private final String name;
    private final Class<?> type;
    private final ConfigurationPropertyName prefix;
    private final boolean madeByMethod;
    private final PropertiesHolder holder = new PropertiesHolder(this);

    /** @param madeByMethod by a {@code @Bean} method, which may have given it defaults of its own */
    PropertiesBean(String name, Class<?> type, String prefix, boolean madeByMethod) {
        this.name = name;
        this.type = type;
        this.prefix = ConfigurationPropertyName.of(prefix);
        this.madeByMethod = madeByMethod;
    }

    String name() {
        return name;
    }

    Class<?> type() {
        return type;
    }

    boolean madeByMethod() {
        return madeByMethod;
    }

    PropertiesHolder holder() {
        return holder;
    }

    /** Whether a property of it is among these, however it is spelt. */
    boolean concerns(MapChange<String, Object> change) {
        Set<String> names = change.keys();
        return names.stream().anyMatch(changed -> {
            ConfigurationPropertyName property = ConfigurationPropertyName.adapt(changed, '.');
            return prefix.isEmpty() || prefix.isAncestorOf(property);
        });
    }
}
