package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ten applications that share a directory, and a source over HTTP that counts what it is asked. */
class SiblingApplicationsIT {

    private static final int SIBLINGS = 10;

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(SIBLINGS);
    private final List<ConfigurableApplicationContext> siblings = new ArrayList<>();
    private StubSource source;

    @BeforeEach
    void startSource() throws Exception {
        source = new StubSource();
    }

    @AfterEach
    void close() {
        siblings.forEach(ConfigurableApplicationContext::close);
        threads.shutdownNow();
        source.close();
    }

    @Test
    void tenThatStartTogetherMakeOneFetch() throws Exception {
        startTogether();

        for (ConfigurableApplicationContext sibling : siblings) {
            await().until(() -> sync(sibling).status().state() == SyncState.LIVE);
            assertThat(copy(sibling).get()).isEqualTo("state");
            assertThat(copy(sibling).snapshot().age())
                    .as("found current by a question to the source")
                    .isNotNull();
        }
        assertThat(source.fetches).hasValue(1);
    }

    @Test
    void whatAllHaveRestoredAndTheSourceStillHasIsNotFetchedAgain() throws Exception {
        startTogether();
        siblings.forEach(ConfigurableApplicationContext::close);
        siblings.clear();
        int fetched = source.fetches.get();

        startTogether();

        for (ConfigurableApplicationContext sibling : siblings) {
            await().until(() -> sync(sibling).status().state() == SyncState.LIVE);
        }
        assertThat(source.fetches).hasValue(fetched);
    }

    @Test
    void whatOneHearsOfTheOthersTakeWithoutAFetch() throws Exception {
        startTogether();
        source.revision = "2";

        sync(siblings.get(0)).refresh().join();

        for (ConfigurableApplicationContext sibling : siblings) {
            await().until(() -> sync(sibling).localRevision().toString().equals("2"));
        }
        assertThat(source.fetches).hasValue(2);
    }

    @Test
    void oneThatIsStartedLaterWithoutTheSourceHasWhatTheOthersHad() throws Exception {
        startTogether();
        source.close();

        ConfigurableApplicationContext late = application();
        siblings.add(late);

        assertThat(copy(late).get()).isEqualTo("state");
        assertThat(sync(late).status().state()).isNotEqualTo(SyncState.LIVE);
    }

    private void startTogether() throws Exception {
        List<Callable<ConfigurableApplicationContext>> starts = new ArrayList<>();
        for (int i = 0; i < SIBLINGS; i++) {
            starts.add(this::application);
        }
        for (Future<ConfigurableApplicationContext> started : threads.invokeAll(starts)) {
            siblings.add(started.get());
        }
    }

    /* No probe in the test's time: who has the newest was told by a sibling. */
    private ConfigurableApplicationContext application() {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class);
        // Spring Boot's logging is one for the whole JVM, and is not made to be set up by ten threads at once
        builder.application()
                .setListeners(builder.application().getListeners().stream()
                        .filter(listener -> !(listener instanceof LoggingApplicationListener))
                        .toList());
        return builder.web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.jmx.enabled=false",
                        "statesync.sources.shop.urls=" + source.url(),
                        "statesync.sources.shop.events=application-events",
                        "statesync.sources.shop.probe-interval=" + Duration.ofHours(1),
                        "statesync.defaults.startup=persisted-first",
                        "statesync.defaults.persistence.storage=file",
                        "statesync.persistence.file.directory=" + directory,
                        "statesync.persistence.file.sibling-interval=100ms")
                .run();
    }

    @SuppressWarnings("unchecked") // as it is declared
    private static SyncedState<String> copy(ConfigurableApplicationContext context) {
        return context.getBean("copy", SyncedState.class);
    }

    private static RevisionSync<?> sync(ConfigurableApplicationContext context) {
        return context.getBean("revisionSync.prices", RevisionSync.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class})
    static class Application {

        @Bean
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }
    }
}
