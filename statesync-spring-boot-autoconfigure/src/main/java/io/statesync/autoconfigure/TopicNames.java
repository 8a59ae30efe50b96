package io.statesync.autoconfigure;

import io.statesync.spring.SyncSettings;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Which names of topics are really written somewhere. An environment variable can carry neither dashes nor capitals:
 * {@code STATESYNC_TOPICS_PRICELIST_STARTUP} changes {@code price-list}, and makes a phantom {@code pricelist} beside it.
 *
 * @param written the names in files, arguments and system properties
 */
record TopicNames(Set<String> written) {

    private static final ConfigurationPropertyName TOPICS = ConfigurationPropertyName.of("statesync.topics");

    static TopicNames of(Environment environment) {
        Set<String> written = new HashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            boolean loose = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
            if (!loose && source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(TOPICS::isAncestorOf)
                        .map(name ->
                                name.getElement(TOPICS.getNumberOfElements(), ConfigurationPropertyName.Form.ORIGINAL))
                        .forEach(written::add);
            }
        }
        return new TopicNames(written);
    }

    /** Whether the name is only another spelling of one that is written. */
    boolean isPhantom(String topic) {
        return !written.contains(topic) && written.stream().anyMatch(name -> SyncSettings.sameLoosely(name, topic));
    }

    /** Those of the names that are written nowhere but in the environment. */
    Set<String> loose(Collection<String> topics) {
        return topics.stream().filter(topic -> !written.contains(topic)).collect(Collectors.toSet());
    }
}
