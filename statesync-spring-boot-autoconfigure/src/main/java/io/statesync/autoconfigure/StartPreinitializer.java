package io.statesync.autoconfigure;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.state.SyncedState;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Does once, for nothing, and on Spring Boot's background thread, what the start is about to do: most of its time is classes
 * that are loaded and checked, and lambdas that are linked. {@code spring.backgroundpreinitializer.ignore=true} turns it off.
 */
final class StartPreinitializer implements BackgroundPreinitializer {

    private static final List<Class<?>> CONFIGURATIONS = List.of(
            StateSyncAutoConfiguration.class, PublisherConfiguration.Plain.class, PersistenceConfiguration.class);

    @Override
    public void preinitialize() throws ClassNotFoundException {
        readSettings();
        for (Class<?> configuration : CONFIGURATIONS) {
            for (Method bean : configuration.getDeclaredMethods()) {
                if (!bean.isSynthetic()) {
                    Class.forName(bean.getReturnType().getName(), true, configuration.getClassLoader());
                }
            }
        }
        runAnEngine();
    }

    private static void readSettings() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("none", Map.of("statesync.topics.none.type", "java.lang.String")));
        ConfigurationPropertySources.attach(environment);
        try {
            SettingsReader.read(environment);
        } catch (RuntimeException e) {
            // what is wrong in the system's properties is said by the start itself
            return;
        }
    }

    private static void runAnEngine() {
        InMemoryTransport transport = new InMemoryTransport();
        RevisionSync<String> sync = RevisionSync.forTopic("none")
                .subscriber(transport)
                .provider(() -> new SnapshotEnvelope<>(new Revision(1), ""))
                .applier(SyncedState.<String>create())
                .executor(Runnable::run)
                .build();
        sync.start();
        sync.close();
    }
}
