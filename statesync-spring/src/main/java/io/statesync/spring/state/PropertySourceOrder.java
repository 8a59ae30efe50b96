package io.statesync.spring.state;

import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Where a topic stands among the property sources: behind everything that an operator says to one instance (command line,
 * system properties, environment variables), before configuration files, and behind the topics that are there already.
 */
final class PropertySourceOrder {

    private PropertySourceOrder() {}

    static void add(TopicPropertySource source, MutablePropertySources sources) {
        if (sources.contains(source.getName())) {
            throw new IllegalArgumentException("the environment has a property source \"" + source.getName()
                    + "\" already: give each EnvironmentApplier a name of its own, such as its topic's");
        }
        String before = null;
        for (PropertySource<?> there : sources) {
            if (there instanceof TopicPropertySource || isOperators(there)) {
                before = there.getName();
            }
        }
        if (before == null) {
            sources.addFirst(source);
        } else {
            sources.addAfter(before, source);
        }
    }

    private static boolean isOperators(PropertySource<?> source) {
        return source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                || source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }
}
