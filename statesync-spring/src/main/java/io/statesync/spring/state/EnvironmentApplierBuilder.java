package io.statesync.spring.state;

import io.statesync.state.EntryMapping;
import org.springframework.core.env.ConfigurableEnvironment;

/** Describes an {@link EnvironmentApplier}. Immutable. */
public final class EnvironmentApplierBuilder<T> {

    private final ConfigurableEnvironment environment;
    private final String name;
    private final String prefix;
    private final EntryMapping<T, String, Object> mapping;

    EnvironmentApplierBuilder(
            ConfigurableEnvironment environment, String name, String prefix, EntryMapping<T, String, Object> mapping) {
        this.environment = environment;
        this.name = name;
        this.prefix = prefix;
        this.mapping = mapping;
    }

    /** Puts this and a dot in front of every name; by default nothing. */
    public EnvironmentApplierBuilder<T> under(String newPrefix) {
        if (newPrefix.isBlank() || newPrefix.startsWith(".") || newPrefix.endsWith(".")) {
            throw new IllegalArgumentException("the prefix of property source \"" + name + "\" is \"" + newPrefix
                    + "\": write it without a dot at its ends, such as \"shop.features\"");
        }
        return new EnvironmentApplierBuilder<>(environment, name, newPrefix, mapping);
    }

    /** How data becomes properties, by the names of its top level; by default it is a map that replaces them. */
    public <S> EnvironmentApplierBuilder<S> mapping(EntryMapping<S, String, Object> newMapping) {
        return new EnvironmentApplierBuilder<>(environment, name, prefix, newMapping);
    }

    /**
     * Adds the property source, without properties until the first snapshot.
     *
     * @throws IllegalArgumentException if the environment has one of this name
     */
    public EnvironmentApplier<T> build() {
        return new EnvironmentApplier<>(environment, name, prefix, mapping);
    }
}
