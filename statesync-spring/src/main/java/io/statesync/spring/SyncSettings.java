package io.statesync.spring;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the application's configuration says.
 *
 * @param topics the topics that it names
 * @param sources the sources that it names
 * @param defaults what holds for topics that it does not name
 * @param looselyNamed those of the topics whose names come from environment variables, and so without dashes and capitals
 */
public record SyncSettings(
        Map<String, TopicSettings> topics,
        Map<String, SourceSettings> sources,
        TopicSettings defaults,
        Set<String> looselyNamed) {

    public SyncSettings {
        topics = Map.copyOf(topics);
        sources = Map.copyOf(sources);
        looselyNamed = Set.copyOf(looselyNamed);
    }

    TopicSettings topic(String topic) {
        return topics.getOrDefault(topic, defaults);
    }

    /** The same settings, in which a loose name that means one of these topics is spelt as that one. */
    SyncSettings spelt(Collection<String> names) {
        Map<String, TopicSettings> spelt = new LinkedHashMap<>(topics);
        Set<String> stillLoose = new HashSet<>(looselyNamed);
        for (String loose : looselyNamed) {
            names.stream()
                    .filter(name -> !topics.containsKey(name) && sameLoosely(name, loose))
                    .findFirst()
                    .ifPresent(name -> {
                        TopicSettings found = spelt.remove(loose);
                        if (found != null) {
                            spelt.put(name, found);
                            stillLoose.remove(loose);
                        }
                    });
        }
        return new SyncSettings(spelt, sources, defaults, stillLoose);
    }

    /** Whether two names of topics are one to whoever can write neither dashes nor capitals. */
    public static boolean sameLoosely(String name, String other) {
        return loose(name).equals(loose(other));
    }

    private static String loose(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }
}
