package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotProvider;
import io.statesync.SyncState;
import io.statesync.memory.InMemorySource;
import io.statesync.memory.InMemoryTransport;
import io.statesync.spring.EventDriver;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.RevisionSyncFactory;
import io.statesync.spring.SetupException;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

/** Topics that are known only at run time. */
class RevisionSyncFactoryTest {

    private static final String TOPIC = "cache:user:123";
    private static final ParameterizedTypeReference<List<String>> NAMES = new ParameterizedTypeReference<>() {};

    private final ApplicationContextRunner withoutSource =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class));

    private final ApplicationContextRunner runner = withoutSource
            .withUserConfiguration(Users.class)
            .withPropertyValues("statesync.sources.users.events=memory", "statesync.sources.users.snapshots=memory");

    @Test
    void anOpenedTopicFollowsTheDefaultSourceOnceItIsStarted() {
        runner.run(context -> {
            Users users = context.getBean(Users.class);
            SyncedState<List<String>> copy = SyncedState.create();
            RevisionSync<List<String>> sync =
                    context.getBean(RevisionSyncFactory.class).open(TOPIC, NAMES, copy);
            assertThat(users.transport.subscriptions()).isZero();

            sync.start();
            assertThat(copy.get()).containsExactly("ann");
            Revision revision = users.source.set(List.of("ann", "bob"));

            await().until(() -> sync.localRevision().equals(revision));
            assertThat(copy.get()).containsExactly("ann", "bob");
            assertThat(users.types).containsExactly(NAMES.getType());
        });
    }

    @Test
    void beansThatAreForAllTopicsAreForItToo() {
        runner.run(context -> {
            context.getBean(RevisionSyncFactory.class).open(TOPIC, NAMES, snapshot -> {});
            assertThat(context.getBean(Users.class).customized).containsExactly(TOPIC);
        });
    }

    @Test
    void theContextClosesWhatIsOpenAndThenOpensNoMore() {
        runner.run(context -> {
            RevisionSyncFactory factory = context.getBean(RevisionSyncFactory.class);
            RevisionSync<List<String>> sync = factory.open(TOPIC, NAMES, snapshot -> {});
            sync.start();
            InMemoryTransport transport = context.getBean(Users.class).transport;
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
            InMemoryTransport transport = context.getBean(Users.class).transport;
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
            assertThat(context.getBean(Users.class).opened).hasValue(1);
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
    static class Users {
        final InMemoryTransport transport = new InMemoryTransport();
        final InMemorySource<List<String>> source = new InMemorySource<>(TOPIC, List.of("ann"), transport);
        final AtomicInteger opened = new AtomicInteger();
        final List<Type> types = new CopyOnWriteArrayList<>();
        final List<String> customized = new CopyOnWriteArrayList<>();

        @Bean
        EventDriver events() {
            return new EventDriver() {
                @Override
                public String name() {
                    return "memory";
                }

                @Override
                public InvalidationSubscriber open(SourceSettings settings, SourceLog log) {
                    opened.incrementAndGet();
                    return transport;
                }
            };
        }

        @Bean
        SnapshotDriver snapshots() {
            return new SnapshotDriver() {
                @Override
                public String name() {
                    return "memory";
                }

                @Override
                public SnapshotSource open(SourceSettings settings) {
                    return new Memory(Users.this);
                }
            };
        }

        @Bean
        RevisionSyncCustomizer customizer() {
            return (topic, builder) -> customized.add(topic);
        }
    }

    record Memory(Users users) implements SnapshotSource {
        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            users.types.add(type);
            return users.source;
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return users.source.current(topics);
        }
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
