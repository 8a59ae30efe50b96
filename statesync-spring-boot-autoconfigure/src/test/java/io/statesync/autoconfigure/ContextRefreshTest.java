package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.autoconfigure.actuate.StateSyncEndpointAutoConfiguration;
import io.statesync.autoconfigure.actuate.StateSyncHealthAutoConfiguration;
import io.statesync.autoconfigure.actuate.StateSyncMetricsAutoConfiguration;
import io.statesync.source.StatePublisher;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Many contexts one after the other in one JVM, and one that is stopped and started many times, leave nothing behind:
 * counted at the transport, the meter registry and the parent context, which outlive them, and in threads and log lines.
 */
class ContextRefreshTest {

    private static final int REFRESHES = Integer.getInteger("statesync.refreshes", 1_000);
    private static final int PERSISTED_REFRESHES = Integer.getInteger("statesync.refreshes", 50);
    private static final int CYCLES = 100;

    private final InMemoryShop<String> shop = new InMemoryShop<>("stock", "many");
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final GenericApplicationContext parent = new GenericApplicationContext();

    private final ApplicationContextRunner runner = shop.serve(new ApplicationContextRunner()
            .withParent(parent)
            .withConfiguration(AutoConfigurations.of(
                    StateSyncAutoConfiguration.class,
                    StateSyncHealthAutoConfiguration.class,
                    StateSyncMetricsAutoConfiguration.class,
                    StateSyncEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=statesync")
            .withBean(MeterRegistry.class, () -> meters)
            .withUserConfiguration(Application.class));

    @Test
    void refreshesLeaveNothingBehind() {
        leaveNothingBehind(runner, REFRESHES);
    }

    /* Each is restored, watched for siblings, and saved. */
    @Test
    void refreshesOfPersistedCopiesLeaveNothingBehind(@TempDir Path directory) {
        leaveNothingBehind(
                runner.withPropertyValues(
                        "statesync.defaults.persistence.storage=file",
                        "statesync.persistence.file.directory=" + directory),
                PERSISTED_REFRESHES);
    }

    private void leaveNothingBehind(ApplicationContextRunner application, int refreshes) {
        parent.refresh();
        List<WeakReference<Object>> contexts = new ArrayList<>();
        useAndClose(application, contexts);
        int listeners = parent.getApplicationListeners().size();
        LiveThreads threads = new LiveThreads();

        try (Warnings warnings = new Warnings()) {
            for (int i = 0; i < refreshes; i++) {
                useAndClose(application, contexts);
                assertThat(shop.transport().subscriptions()).isZero();
                assertThat(meters.getMeters()).isEmpty();
            }
            assertThat(warnings.lines()).isEmpty();
        }

        assertThat(parent.getApplicationListeners()).hasSize(listeners);
        threads.awaitNoOthers();
        await("the closed contexts to be collected").until(() -> {
            System.gc();
            return contexts.stream().allMatch(it -> it.get() == null);
        });
    }

    private static void useAndClose(ApplicationContextRunner application, List<WeakReference<Object>> contexts) {
        application.run(context -> {
            RevisionSync<String> opened =
                    context.getBean(RevisionSyncFactory.class).open("stock:of:tea", String.class, stock -> {});
            opened.startAsync();
            awaitLive(context);
            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("prices").join();
            until(() -> sync(context, "prices").localRevision().equals(revision));
            contexts.add(new WeakReference<>(context.getBean(Application.class)));
        });
    }

    @Test
    void aHundredStopsAndStartsOfOneContextLeaveNothingBehindAndMissNothing() {
        parent.refresh();
        runner.run(started -> {
            ConfigurableApplicationContext context = itself(started);
            awaitLive(context);
            LiveThreads threads = new LiveThreads();
            int listeners = ((GenericApplicationContext) context)
                    .getApplicationListeners()
                    .size();
            int all = meters.getMeters().size();

            for (int i = 1; i <= CYCLES; i++) {
                boolean pausing = i % 2 == 0;
                if (pausing) {
                    context.pause();
                } else {
                    context.stop();
                }
                assertThat(sync(context, "stock").status().state()).isEqualTo(SyncState.STOPPED);
                assertThat(shop.transport().subscriptions()).isZero();
                Revision revision = shop.source().set("many, " + i);
                if (pausing) {
                    context.restart();
                } else {
                    context.start();
                }
                until(() -> sync(context, "stock").localRevision().equals(revision));
                assertThat(shop.transport().subscriptions()).isOne();
            }

            awaitLive(context);
            assertThat(((GenericApplicationContext) context).getApplicationListeners())
                    .hasSize(listeners);
            assertThat(meters.getMeters()).hasSize(all);
            threads.awaitNoOthers();
        });
    }

    /* As devtools do it: the application's classes are loaded anew for each life, the libraries stay. */
    @Test
    void theClassesOfAFormerLifeAreNotHeld() throws Exception {
        List<WeakReference<ClassLoader>> lives = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lives.add(new WeakReference<>(liveOnce()));
        }
        await("the classes of former lives to be collected").until(() -> {
            System.gc();
            return lives.stream().allMatch(it -> it.get() == null);
        });
    }

    private ClassLoader liveOnce() throws Exception {
        ClassLoader life = new ReloadingClassLoader(Application.class.getName());
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(life);
        try {
            shop.serve(new ApplicationContextRunner()
                            .withClassLoader(life)
                            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
                            .withUserConfiguration(life.loadClass(Application.class.getName())))
                    .run(ContextRefreshTest::awaitLive);
        } finally {
            current.setContextClassLoader(before);
        }
        return life;
    }

    private static void awaitLive(ApplicationContext context) {
        until(() -> sync(context, "prices").status().state() == SyncState.LIVE
                && sync(context, "stock").status().state() == SyncState.LIVE);
    }

    private static void until(Callable<Boolean> fact) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(fact);
    }

    private static RevisionSync<?> sync(ApplicationContext context, String topic) {
        return context.getBean("revisionSync." + topic, RevisionSync.class);
    }

    private static ConfigurableApplicationContext itself(AssertableApplicationContext context) {
        return context.getSourceApplicationContext(ConfigurableApplicationContext.class);
    }

    /** A source of one topic and a replica of two. */
    @Configuration(proxyBeanMethods = false)
    public static class Application {

        @TopicSource("prices")
        String prices() {
            return "cheap";
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @SyncedTopic("stock")
        void stock(String stock) {}
    }
}
