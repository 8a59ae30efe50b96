package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that may take the snapshots of a topic takes them, from one engine and one fetch. */
class AppliersTest {

    private static final List<String> ALL = List.of(
            "public data",
            "package-private data and revision",
            "protected envelope",
            "private data",
            "inherited data",
            "class of a bean",
            "bean method",
            "behind an interface",
            "behind a subclass");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class, OfItsClass.class);

    @Test
    void eachHearsEachRevisionOfOneEngineAndOneFetch() {
        runner.run(context -> {
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            Heard heard = context.getBean(Heard.class);
            Application source = context.getBean(Application.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            int before = source.reads.get();
            heard.by.clear();

            Revision revision =
                    context.getBean(StatePublisher.class).invalidate("prices").join();
            await().until(() -> sync.localRevision().equals(revision));

            assertThat(heard.by).containsOnlyKeys(ALL);
            assertThat(heard.by.values()).allSatisfy(what -> assertThat(what).containsExactly("tea"));
            assertThat(heard.revisions).last().isEqualTo(revision);
            assertThat(source.reads).hasValue(before + 1);
            assertThat(context.getBeansOfType(RevisionSync.class)).hasSize(1);
        });
    }

    @Test
    void theProxiesInFrontOfThemAreKept() {
        runner.run(context -> {
            assertThat(AopUtils.isJdkDynamicProxy(context.getBean("behindInterface")))
                    .isTrue();
            assertThat(AopUtils.isCglibProxy(context.getBean("behindSubclass"))).isTrue();
            RevisionSync<?> sync = context.getBean(RevisionSync.class);
            await().until(() -> sync.status().state() == SyncState.LIVE);
            assertThat(context.getBean(Heard.class).calls.get()).isPositive();
        });
    }

    static class Heard {
        final Map<String, List<String>> by = new ConcurrentHashMap<>();
        final List<Revision> revisions = new CopyOnWriteArrayList<>();
        final AtomicInteger calls = new AtomicInteger();

        void add(String who, List<String> prices) {
            by.computeIfAbsent(who, it -> new CopyOnWriteArrayList<>()).addAll(prices);
        }
    }

    static class Base {
        final Heard heard;

        Base(Heard heard) {
            this.heard = heard;
        }

        @SyncedTopic("prices")
        void inherited(List<String> prices) {
            heard.add("inherited data", prices);
        }
    }

    static class Methods extends Base {
        Methods(Heard heard) {
            super(heard);
        }

        @SyncedTopic("prices")
        public void data(List<String> prices) {
            heard.add("public data", prices);
        }

        @SyncedTopic("prices")
        void dataAndRevision(List<String> prices, Revision revision) {
            heard.add("package-private data and revision", prices);
            heard.revisions.add(revision);
        }

        @SyncedTopic("prices")
        protected void envelope(SnapshotEnvelope<List<String>> snapshot) {
            heard.add("protected envelope", snapshot.data());
        }

        @SyncedTopic("prices")
        @SuppressWarnings("UnusedMethod")
        private void hidden(List<String> prices) {
            heard.add("private data", prices);
        }
    }

    @SyncedTopic("prices")
    record OfItsClass(Heard heard) implements SnapshotApplier<List<String>> {
        @Override
        public void apply(SnapshotEnvelope<List<String>> snapshot) {
            heard.add("class of a bean", snapshot.data());
        }
    }

    interface Taking {
        @SyncedTopic("prices")
        void take(List<String> prices);
    }

    record Interfaced(Heard heard) implements Taking {
        @Override
        public void take(List<String> prices) {
            heard.add("behind an interface", prices);
        }
    }

    static class Subclassed {
        private final Heard heard;

        Subclassed(Heard heard) {
            this.heard = heard;
        }

        @SyncedTopic("prices")
        protected void take(List<String> prices) {
            heard.add("behind a subclass", prices);
        }
    }

    /* As auditing or timing advice of an application would. */
    record Proxies() implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            boolean ofClass = bean instanceof Subclassed;
            if (!ofClass && !(bean instanceof Interfaced)) {
                return bean;
            }
            Heard heard = ofClass ? ((Subclassed) bean).heard : ((Interfaced) bean).heard();
            ProxyFactory proxies = new ProxyFactory(bean);
            proxies.setProxyTargetClass(ofClass);
            proxies.addAdvice((MethodInterceptor) call -> {
                heard.calls.incrementAndGet();
                return call.proceed();
            });
            return proxies.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        final AtomicInteger reads = new AtomicInteger();

        @TopicSource("prices")
        List<String> prices() {
            reads.incrementAndGet();
            return List.of("tea");
        }

        @Bean
        static Proxies proxies() {
            return new Proxies();
        }

        @Bean
        Heard heard() {
            return new Heard();
        }

        @Bean
        Methods methods(Heard heard) {
            return new Methods(heard);
        }

        @Bean
        @SyncedTopic("prices")
        SnapshotApplier<List<String>> applier(Heard heard) {
            return snapshot -> heard.add("bean method", snapshot.data());
        }

        @Bean
        @SyncedTopic("prices")
        SyncedState<List<String>> container() {
            return SyncedState.create();
        }

        @Bean
        Taking behindInterface(Heard heard) {
            return new Interfaced(heard);
        }

        @Bean
        Subclassed behindSubclass(Heard heard) {
            return new Subclassed(heard);
        }
    }
}
