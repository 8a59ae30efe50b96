package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * One way to hold it wrong, and what Boot has to print then. {@code docs/testing.md} lists them all: {@link
 * WrongSetupDocsTest} compares.
 *
 * @param what is wrong, as in the list
 * @param runner the application
 * @param problem what the description says, and where
 * @param action what the action says to write
 */
record WrongSetup(String what, ApplicationContextRunner runner, List<String> problem, List<String> action) {

    /** A source for those whose mistake is another one. */
    static final String SHOP = "statesync.sources.shop.urls=http://localhost:9";

    /** A topic that needs no bean. */
    static final String TOPIC = "statesync.topics.x.type=java.lang.String";

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncStompAutoConfiguration.class,
                    StateSyncMutationAutoConfiguration.class,
                    StateSyncExposureAutoConfiguration.class));

    static WrongSetup properties(String what, String... properties) {
        return new WrongSetup(what, RUNNER.withPropertyValues(properties), List.of(), List.of());
    }

    static WrongSetup beans(String what, Class<?> configuration, String... properties) {
        return new WrongSetup(
                what, RUNNER.withUserConfiguration(configuration).withPropertyValues(properties), List.of(), List.of());
    }

    /** A property whose name the runner would take for another one. */
    WrongSetup withRaw(String name, String value) {
        return with(runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("file", Map.of(name, value)))));
    }

    WrongSetup withVariable(String name, String value) {
        return with(runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, value)))));
    }

    WrongSetup without(Class<?> library) {
        return with(runner.withClassLoader(new FilteredClassLoader(library)));
    }

    WrongSetup without(String packages) {
        return with(runner.withClassLoader(new FilteredClassLoader(packages)));
    }

    private WrongSetup with(ApplicationContextRunner other) {
        return new WrongSetup(what, other, problem, action);
    }

    /** The description names the property, annotation or bean, and what is wrong with it. */
    WrongSetup says(String... parts) {
        return new WrongSetup(what, runner, List.of(parts), action);
    }

    /** The action says what to write instead. */
    WrongSetup advises(String... parts) {
        return new WrongSetup(what, runner, problem, List.of(parts));
    }

    void check() {
        assertThat(problem).as("parts of the description").isNotEmpty();
        assertThat(action).as("parts of the action").isNotEmpty();
        FailureAnalysis analysis = Analyses.of(runner);
        assertThat(analysis.getDescription()).contains(problem);
        assertThat(analysis.getAction()).contains(action);
    }

    @Override
    public String toString() {
        return what;
    }
}
