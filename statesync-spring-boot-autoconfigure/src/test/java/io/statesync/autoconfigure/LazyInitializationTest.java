package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.RevisionSync;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/** Lazy beans and beans that are made anew: topics are kept all the same. */
class LazyInitializationTest {

    @Test
    void anApplicationWhoseBeansAreAllLazyIsSynced() {
        try (ConfigurableApplicationContext context = run("--spring.main.lazy-initialization=true")) {
            // the start has waited for it: nobody has asked for a bean yet
            assertThat(context.getBean(RevisionSync.class).status().hasData()).isTrue();
            SyncedState<?> copy = context.getBean(SyncedState.class);
            assertThat(copy.get()).isEqualTo("cheap");

            context.getBean(Shop.class).change("dear");

            await().until(() -> copy.get().equals("dear"));
        }
    }

    @Test
    void aLazyApplierIsMadeForItsFirstSnapshot() {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBeanFactory().containsSingleton("copy")).isTrue();
            assertThat(context.getBean(SyncedState.class).get()).isEqualTo("cheap");
        }
    }

    @Test
    void aBeanThatIsMadeAnewMayInvalidate() {
        try (ConfigurableApplicationContext context = run()) {
            context.getBean(Clerk.class).change("dear");

            SyncedState<?> copy = context.getBean(SyncedState.class);
            await().until(() -> copy.get().equals("dear"));
        }
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    static class Shop {
        private volatile String prices = "cheap";

        @TopicSource("prices")
        String prices() {
            return prices;
        }

        @InvalidatesTopic("prices")
        void change(String newPrices) {
            set(newPrices);
        }

        void set(String newPrices) {
            prices = newPrices;
        }
    }

    static class Clerk {
        private final Shop shop;

        Clerk(Shop shop) {
            this.shop = shop;
        }

        @InvalidatesTopic("prices")
        void change(String newPrices) {
            shop.set(newPrices);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(StateSyncAutoConfiguration.class)
    static class Application {
        @Bean
        @Lazy
        @SyncedTopic("prices")
        SyncedState<String> copy() {
            return SyncedState.create();
        }

        @Bean
        Shop shop() {
            return new Shop();
        }

        @Bean
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        Clerk clerk(Shop shop) {
            return new Clerk(shop);
        }
    }
}
