package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SyncState;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.SetupException;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

/** Topics that are known only at run time. */
class RevisionSyncFactoryTest {

    private static final String TOPIC = "cache:user:123";
    private static final ParameterizedTypeReference<List<String>> NAMES = new ParameterizedTypeReference<>() {};

    private final ApplicationContextRunner withoutSource =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class));

    private final InMemoryShop<List<String>> users = new InMemoryShop<>(TOPIC, List.of("ann"));
    private final List<String> customized = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner runner = users.serve(withoutSource)
            .withBean(RevisionSyncCustomizer.class, () -> (topic, builder) -> customized.add(topic));

    @Test
    void anOpenedTopicFollowsTheDefaultSourceOnceItIsStarted() {
        runner.run(context -> {
            SyncedState<List<String>> copy = SyncedState.create();
            RevisionSync<List<String>> sync =
                    context.getBean(RevisionSyncFactory.class).open(TOPIC, NAMES, copy);
            assertThat(users.transport().subscriptions()).isZero();

            sync.start();
            assertThat(copy.get()).containsExactly("ann");
            Revision revision = users.source().set(List.of("ann", "bob"));

            await().until(() -> sync.localRevision().equals(revision));
            assertThat(copy.get()).containsExactly("ann", "bob");
            assertThat(users.types()).containsExactly(NAMES.getType());
        });
    }

    @Test
    void beansThatAreForAllTopicsAreForItToo() {
        runner.run(context -> {
            context.getBean(RevisionSyncFactory.class).open(TOPIC, NAMES, snapshot -> {});
            assertThat(customized).containsExactly(TOPIC);
        });
    }

    @Test
    void theContextClosesWhatIsOpenAndThenOpensNoMore() {
        runner.run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            RevisionSync<List<String>> sync = factory.open(TOPIC, NAMES, snapshot -> {});
            sync.start();
            InMemoryTransport transport = users.transport();
            assertThat(transport.subscriptions()).isOne();

            context.close();

            assertThat(sync.status().state()).isEqualTo(SyncState.STOPPED);
            assertThat(transport.subscriptions()).isZero();
            assertThatThrownBy(() -> factory.open(TOPIC, NAMES, snapshot -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(TOPIC);
        });
    }

    @Test
    void theContextClosesWhatRunsEvenIfNobodyHoldsItsSync() {
        runner.run(context -> {
            context.getBean(RevisionSyncFactory.class)
                    .open(TOPIC, NAMES, snapshot -> {})
                    .start();
            InMemoryTransport transport = users.transport();
            System.gc();
            assertThat(transport.subscriptions()).isOne();

            context.close();

            assertThat(transport.subscriptions()).isZero();
        });
    }

    @Test
    void aSourceIsOpenedOnceWhoeverComesFirst() {
        runner.run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            IntStream.range(0, 16)
                    .parallel()
                    .forEach(user -> factory.open("cache:user:" + user, NAMES, snapshot -> {}));
            assertThat(users.opened()).isOne();
        });
    }

    @Test
    void aDeclaredTopicIsNotOpenedAgain() {
        runner.withUserConfiguration(Declared.class).run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            assertThatThrownBy(() -> factory.open("prices", String.class, snapshot -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("@SyncedTopic(\"prices\")");
        });
    }

    @Test
    void anIllegalNameIsRefused() {
        runner.run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            assertThatThrownBy(() -> factory.open("", String.class, snapshot -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void withoutASourceItSaysWhatToConfigure() {
        withoutSource.run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            assertThatThrownBy(() -> factory.open(TOPIC, String.class, snapshot -> {}))
                    .isInstanceOf(SetupException.class)
                    .hasMessageContaining(TOPIC)
                    .hasMessageContaining("no statesync.sources are configured");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Declared {
        @TopicSource("prices")
        String read() {
            return "cheap";
        }

        @SyncedTopic("prices")
        void apply(String prices) {}
    }
}
