package io.statesync.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The keys below {@code statesync} that are written anywhere, found in one pass; no value is read. With thousands of topics
 * most of what could be written is not, and need not be looked for.
 */
final class WrittenKeys {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("statesync");
    private static final int ENTRY = 3;

    private final UnboundElementsSourceFilter checkedSources = new UnboundElementsSourceFilter();

    /* letters and digits alone: environment variables carry no more */
    private final NavigableSet<String> loose = new TreeSet<>();
    private final List<ConfigurationPropertyName> checked = new ArrayList<>();
    private final Map<String, Map<String, ConfigurationPropertyName>> entries = new LinkedHashMap<>();
    private final Map<String, Set<String>> written = new LinkedHashMap<>();

    /** Those that have any, the first one first. */
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();

    private boolean complete = true;

    private WrittenKeys() {}

    static WrittenKeys of(Environment environment) {
        WrittenKeys keys = new WrittenKeys();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                keys.add(iterable);
            } else if (source.containsDescendantOf(ROOT) != ConfigurationPropertyState.ABSENT) {
                keys.complete = false;
            }
        }
        return keys;
    }

    private void add(IterableConfigurationPropertySource source) {
        boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        boolean strict = Boolean.TRUE.equals(checkedSources.apply(source));
        boolean any = false;
        for (ConfigurationPropertyName name : source) {
            if (ROOT.isAncestorOf(name)) {
                any = true;
                add(name, variables);
                complete &= !(variables && strict);
                if (strict) {
                    checked.add(name);
                }
            }
        }
        if (any) {
            sources.add(source);
        }
    }

    private void add(ConfigurationPropertyName name, boolean variable) {
        loose.add(loose(name));
        if (name.getNumberOfElements() >= ENTRY) {
            String map = name.getElement(1, Form.UNIFORM);
            String entry = name.getElement(2, Form.ORIGINAL);
            entries.computeIfAbsent(map, it -> new LinkedHashMap<>()).putIfAbsent(entry, name.chop(ENTRY));
            if (!variable) {
                written.computeIfAbsent(map, it -> new HashSet<>()).add(entry);
            }
        }
    }

    /** Whether all are known: a source that cannot list its keys may have others. */
    boolean areComplete() {
        return complete;
    }

    /** Those that have to exist; a variable of the environment or of the system may mean something else. */
    List<ConfigurationPropertyName> checked() {
        return checked;
    }

    /** Whether a key may be written that is this one or below it: if not, none is. */
    boolean maybe(ConfigurationPropertyName name) {
        String prefix = loose(name);
        String next = loose.ceiling(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** What is written there as it is, placeholders and all; null if nothing is. */
    @Nullable
    Object raw(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : sources) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getValue();
            }
        }
        return null;
    }

    /** The entries of a map below the root, by their names. */
    Map<String, ConfigurationPropertyName> entries(String map) {
        return entries.getOrDefault(map, Map.of());
    }

    /** The names of entries that are written as they are, and not in the environment alone. */
    Set<String> written(String map) {
        return written.getOrDefault(map, Set.of());
    }

    private static String loose(ConfigurationPropertyName name) {
        String text = name.toString();
        StringBuilder loose = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                loose.append(c);
            }
        }
        return loose.toString().toLowerCase(Locale.ROOT);
    }
}
