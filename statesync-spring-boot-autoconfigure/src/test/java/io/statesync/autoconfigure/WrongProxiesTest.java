package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.SHOP;
import static io.statesync.autoconfigure.WrongSetup.beans;

import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Methods that the proxy in front of their bean cannot pass on. */
class WrongProxiesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                beans("a final applier method behind a proxy", FinalBehindProxy.class, SHOP)
                        .says("@SyncedTopic", "apply(String)", "CGLIB")
                        .advises("not final", "open"),
                beans("a private applier method behind a proxy", PrivateBehindProxy.class, SHOP)
                        .says("@SyncedTopic", "apply(String)", "behind a proxy")
                        .advises("package-private"),
                beans("an applier method that the interface of its proxy lacks", HiddenByInterface.class, SHOP)
                        .says("@SyncedTopic", "apply(String)", "behind a proxy")
                        .advises("behind an interface proxy, declare it there"),
                beans("a final source method behind a proxy", FinalSourceBehindProxy.class)
                        .says("@TopicSource", "read()", "CGLIB")
                        .advises("not final"));
    }

    static class Applier {
        @SyncedTopic("prices")
        final void apply(String prices) {}
    }

    static class PrivateApplier {
        @SyncedTopic("prices")
        private void apply(String prices) {}
    }

    static class FinalSource {
        @TopicSource("prices")
        final String read() {
            return "";
        }
    }

    static class Hidden implements Supplier<String> {
        @Override
        public String get() {
            return "";
        }

        @SyncedTopic("prices")
        public void apply(String prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalBehindProxy {
        @Bean
        static BeanPostProcessor proxies() {
            return new Proxies(Applier.class, true);
        }

        @Bean
        Applier applier() {
            return new Applier();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrivateBehindProxy {
        @Bean
        static BeanPostProcessor proxies() {
            return new Proxies(PrivateApplier.class, true);
        }

        @Bean
        PrivateApplier applier() {
            return new PrivateApplier();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalSourceBehindProxy {
        @Bean
        static BeanPostProcessor proxies() {
            return new Proxies(FinalSource.class, true);
        }

        @Bean
        FinalSource source() {
            return new FinalSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class HiddenByInterface {
        @Bean
        static BeanPostProcessor proxies() {
            return new Proxies(Hidden.class, false);
        }

        @Bean
        Hidden applier() {
            return new Hidden();
        }
    }

    record Proxies(Class<?> type, boolean ofClass) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean.getClass() != type) {
                return bean;
            }
            ProxyFactory proxies = new ProxyFactory(bean);
            proxies.setProxyTargetClass(ofClass);
            return proxies.getProxy();
        }
    }
}
