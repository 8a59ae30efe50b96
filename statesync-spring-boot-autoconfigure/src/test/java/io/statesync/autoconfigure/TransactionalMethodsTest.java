package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.TopicSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What {@code @InvalidatesTopic} announces, and when, together with {@code @Transactional}. */
class TransactionalMethodsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aCommittedMethodAnnouncesAfterItsCommit() {
        runner.run(context -> {
            context.getBean(Shop.class).change();
            assertThat(story(context)).containsExactly("changed", "committed", "announced prices", "announced stock");
        });
    }

    @Test
    void aMethodThatThrowsRollsBackAndAnnouncesNothing() {
        runner.run(context -> {
            assertThatThrownBy(context.getBean(Shop.class)::fail).hasMessage("no");
            assertThat(story(context)).containsExactly("changed", "rolled back");
        });
    }

    @Test
    void insideALargerTransactionItAnnouncesAfterThatOneOncePerTopic() {
        runner.run(context -> {
            context.getBean(Office.class).changeTwice();
            assertThat(story(context))
                    .containsExactly("changed", "changed", "committed", "announced prices", "announced stock");
        });
    }

    @Test
    void itWorksBehindAnInterfaceToo() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false").run(context -> {
            Shop shop = context.getBean(Shop.class);
            assertThat(AopUtils.isJdkDynamicProxy(shop)).isTrue();
            shop.change();
            assertThat(story(context)).contains("announced prices");
        });
    }

    private static List<String> story(ApplicationContext context) {
        List<String> story = context.getBean(Story.class).told;
        // the fresh revisions of the start come first
        return story.subList(2, story.size());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Application {
        @Bean
        Story story() {
            return new Story();
        }

        @Bean
        Shop shop(Story story) {
            return new Counter(story);
        }

        @Bean
        Office office(Shop shop) {
            return new Office(shop);
        }

        @Bean
        PlatformTransactionManager transactions(Story story) {
            return new Transactions(story);
        }

        @TopicSource("prices")
        String prices() {
            return "";
        }

        @TopicSource("stock")
        String stock() {
            return "";
        }
    }

    interface Shop {
        void change();

        void fail();
    }

    static class Counter implements Shop {
        private final Story story;

        Counter(Story story) {
            this.story = story;
        }

        @Override
        @Transactional
        @InvalidatesTopic({"prices", "stock"})
        public void change() {
            story.told.add("changed");
        }

        @Override
        @Transactional
        @InvalidatesTopic("prices")
        public void fail() {
            story.told.add("changed");
            throw new IllegalStateException("no");
        }
    }

    static class Office {
        private final Shop shop;

        Office(Shop shop) {
            this.shop = shop;
        }

        @Transactional
        public void changeTwice() {
            shop.change();
            shop.change();
        }
    }

    static class Story {
        final List<String> told = new CopyOnWriteArrayList<>();

        @EventListener
        void on(InvalidationEvent event) {
            told.add("announced " + event.topic());
        }
    }

    private static final class Transactions extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1L;

        private final transient Story story;

        Transactions(Story story) {
            this.story = story;
        }

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected boolean isExistingTransaction(Object it) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @Override
        protected void doBegin(Object it, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            story.told.add("committed");
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            story.told.add("rolled back");
        }
    }
}
