package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.spring.Replica;
import io.statesync.spring.Replicas;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A topic costs no bean until somebody wants it injected; its engine is there all the same. */
class BeansOnDemandTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class));

    @Test
    void anEngineRunsWithoutABeanAndIsTheBeanWhenOneIsAskedFor() {
        runner.withUserConfiguration(Prices.class).run(context -> {
            Replica replica = context.getBean(Replicas.class).all().get(0);
            await().until(() -> replica.sync().status().hasData());
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            assertThat(beans.containsSingleton("revisionSync.prices")).isFalse();

            assertThat(context.getBean(RevisionSync.class)).isSameAs(replica.sync());
        });
    }

    @Test
    void anEngineThatNobodyAskedForIsClosedWithTheContext() {
        RevisionSync<?>[] kept = new RevisionSync<?>[1];

        runner.withUserConfiguration(Prices.class)
                .run(context ->
                        kept[0] = context.getBean(Replicas.class).all().get(0).sync());

        assertThatThrownBy(kept[0]::start).hasMessageContaining("is closed");
    }

    @Test
    void thePropertiesAreABeanOnceSomebodyAsksForIt() {
        runner.withUserConfiguration(Prices.class)
                .withPropertyValues("statesync.topics.prices.fetch-timeout=7s")
                .run(context -> {
                    String name = "statesync-" + StateSyncProperties.class.getName();
                    assertThat(context.getBeanFactory().containsSingleton(name)).isFalse();

                    assertThat(context.getBean(StateSyncProperties.class))
                            .isEqualTo(context.getBean(ReadSettings.class).properties());
                });
    }

    @Test
    void aSyncThatTheApplicationDefinesItselfIsUsed() {
        runner.withUserConfiguration(Prices.class, OwnSync.class).run(context -> {
            RevisionSync<?> own = context.getBean("revisionSync.prices", RevisionSync.class);

            assertThat(context.getBean(Replicas.class).all().get(0).sync()).isSameAs(own);
            await().until(() -> own.status().hasData());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Prices {

        @TopicSource("prices")
        String prices() {
            return "cheap";
        }

        @SyncedTopic("prices")
        void apply(String prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSync {

        @Bean("revisionSync.prices")
        @SyncedTopic("prices")
        RevisionSync<?> own(Replicas replicas) {
            return replicas.create("prices");
        }
    }
}
