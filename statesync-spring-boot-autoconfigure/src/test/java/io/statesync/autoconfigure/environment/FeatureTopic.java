package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.autoconfigure.InMemoryShop;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.state.EnvironmentApplier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** A topic {@code features} as a property source, read from a source in this JVM. */
final class FeatureTopic {

    private final InMemoryShop<Map<String, Object>> shop;
    private final Map<String, Object> file = new LinkedHashMap<>();

    FeatureTopic(Map<String, Object> state) {
        shop = new InMemoryShop<>("features", state);
    }

    /** What {@code application.yml} says. */
    FeatureTopic file(String name, Object value) {
        file.put(name, value);
        return this;
    }

    ApplicationContextRunner runner(Class<?>... configurations) {
        ApplicationContextRunner runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class, StateSyncEnvironmentAutoConfiguration.class))
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addLast(new MapPropertySource("application.yml", file)))
                .withUserConfiguration(Topic.class)
                .withUserConfiguration(configurations);
        return shop.serve(runner);
    }

    static void awaitFirst(ApplicationContext context) {
        await().until(() -> !sync(context).localRevision().equals(Revision.ZERO));
    }

    /** The source changes, and the application follows. */
    void change(ApplicationContext context, Map<String, Object> state) {
        Revision changed = shop.source().set(state);
        sync(context).await(changed).join();
    }

    /** The source changes, and the application refuses it. */
    Throwable refused(ApplicationContext context, Map<String, Object> state) {
        RevisionSync<?> sync = sync(context);
        Revision before = sync.localRevision();
        shop.source().set(state);
        Throwable refused = sync.refresh().handle((done, error) -> error).join();
        assertThat(refused).as("the refusal of " + state).isNotNull();
        assertThat(sync.localRevision()).isEqualTo(before);
        return refused;
    }

    private static RevisionSync<?> sync(ApplicationContext context) {
        return context.getBean(RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Topic {

        @Bean
        @SyncedTopic("features")
        EnvironmentApplier<Map<String, Object>> features(ConfigurableEnvironment environment) {
            return EnvironmentApplier.into(environment, "features").build();
        }
    }
}
