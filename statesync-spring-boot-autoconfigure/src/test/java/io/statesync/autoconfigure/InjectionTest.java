package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RevisionSync;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code @SyncedTopic} at injection points, where the type alone does not tell. */
class InjectionTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class, ByConstructor.class, ByField.class);

    @Test
    void ofTwoTopicsOfOneTypeTheAnnotationChooses() {
        runner.run(context -> {
            ByConstructor constructor = context.getBean(ByConstructor.class);
            assertThat(constructor.sync.topic()).isEqualTo("stock");
            assertThat(constructor.state).isSameAs(context.getBean("stockCopy"));
            ByField field = context.getBean(ByField.class);
            assertThat(field.sync.topic()).isEqualTo("prices");
            assertThat(field.state).isSameAs(context.getBean("pricesCopy"));
        });
    }

    @Test
    void aProviderOfSyncsGivesTheOneOfItsTopicOrAll() {
        runner.run(context -> {
            ByField field = context.getBean(ByField.class);
            assertThat(field.one.getObject().topic()).isEqualTo("stock");
            assertThat(field.all).extracting(RevisionSync::topic).containsExactlyInAnyOrder("prices", "stock", "rates");
        });
    }

    @Test
    void theGenericTypeAloneIsEnoughIfOneTopicHasIt() {
        runner.run(context -> {
            ByField field = context.getBean(ByField.class);
            assertThat(field.rates.topic()).isEqualTo("rates");
            assertThat(field.ratesCopy).isSameAs(context.getBean("ratesCopy"));
        });
    }

    static class ByConstructor {
        final RevisionSync<List<String>> sync;
        final SyncedState<List<String>> state;

        ByConstructor(
                @SyncedTopic("stock") RevisionSync<List<String>> sync,
                @SyncedTopic("stock") SyncedState<List<String>> state) {
            this.sync = sync;
            this.state = state;
        }
    }

    static class ByField {
        @Autowired
        @SyncedTopic("prices")
        RevisionSync<List<String>> sync;

        @Autowired
        @SyncedTopic("prices")
        SyncedState<List<String>> state;

        @Autowired
        @SyncedTopic("stock")
        ObjectProvider<RevisionSync<List<String>>> one;

        @Autowired
        List<RevisionSync<?>> all;

        @Autowired
        RevisionSync<List<Double>> rates;

        @Autowired
        SyncedState<List<Double>> ratesCopy;
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @TopicSource("prices")
        List<String> prices() {
            return List.of();
        }

        @TopicSource("stock")
        List<String> stock() {
            return List.of();
        }

        @TopicSource("rates")
        List<Double> rates() {
            return List.of();
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<List<String>> pricesCopy() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("stock")
        SyncedState<List<String>> stockCopy() {
            return SyncedState.create();
        }

        @Bean
        @SyncedTopic("rates")
        SyncedState<List<Double>> ratesCopy() {
            return SyncedState.create();
        }
    }
}
