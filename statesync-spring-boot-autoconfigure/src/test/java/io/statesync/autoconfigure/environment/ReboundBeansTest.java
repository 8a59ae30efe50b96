package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.state.SyncedProperties;
import java.util.Map;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Beans that are not simply there: proxied, made by a method, scoped, lazy, with dependencies. */
class ReboundBeansTest {

    private final FeatureTopic topic = new FeatureTopic(
            Map.of("proxied.number", 1, "made.number", 1, "scoped.number", 1, "lazy.number", 1, "with.number", 1));

    @Test
    void behindAProxyTheTargetIsBoundAgain() {
        run(context -> {
            Proxied proxied = context.getBean(Proxied.class);
            assertThat(AopUtils.isCglibProxy(proxied)).isTrue();
            topic.change(context, Map.of("proxied.number", 2));
            assertThat(proxied.getNumber()).isEqualTo(2);
        });
    }

    @Test
    void oneThatAMethodMadeKeepsWhatTheMethodSaid() {
        run(context -> {
            Made made = context.getBean(Made.class);
            topic.change(context, Map.of("made.number", 2));
            assertThat(made.getNumber()).isEqualTo(2);
            assertThat(made.getText()).isEqualTo("by the method");
        });
    }

    @Test
    void oneOfAnotherScopeIsBoundWhenItIsCreated() {
        run(context -> {
            Scoped scoped = context.getBean("scoped", Scoped.class);
            assertThat(scoped).isInstanceOf(ScopedObject.class);
            topic.change(context, Map.of("scoped.number", 2));
            assertThat(scoped.getNumber()).isEqualTo(2);
            assertThat(context.getBeanNamesForType(SyncedProperties.class))
                    .noneMatch(it -> it.contains("scopedTarget"));
        });
    }

    @Test
    void aLazyOneIsBoundWhenItIsCreatedAndFromThenOn() {
        run(context -> {
            topic.change(context, Map.of("lazy.number", 2));
            Late late = context.getBean(Late.class);
            assertThat(late.getNumber()).isEqualTo(2);
            topic.change(context, Map.of("lazy.number", 3));
            assertThat(late.getNumber()).isEqualTo(3);
        });
    }

    @Test
    void whatWasInjectedStays() {
        run(context -> {
            With with = context.getBean(With.class);
            topic.change(context, Map.of("with.number", 2));
            assertThat(with.getNumber()).isEqualTo(2);
            assertThat(with.getMade()).isSameAs(context.getBean(Made.class));
        });
    }

    @Test
    void withoutATopicInTheEnvironmentThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class, StateSyncEnvironmentAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanNamesForType(SyncedProperties.class))
                            .isEmpty();
                });
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        topic.runner(Application.class).run(context -> {
            FeatureTopic.awaitFirst(context);
            test.accept(context);
        });
    }

    static class Numbered {
        private int number;

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    @ConfigurationProperties("proxied")
    static class Proxied extends Numbered {}

    @ConfigurationProperties("scoped")
    static class Scoped extends Numbered {}

    @ConfigurationProperties("lazy")
    static class Late extends Numbered {}

    static class Made extends Numbered {
        private String text = "by default";

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }

    @ConfigurationProperties("with")
    static class With extends Numbered {
        private Made made;

        public Made getMade() {
            return made;
        }

        @Autowired
        public void setMade(Made made) {
            this.made = made;
        }
    }

    @EnableConfigurationProperties({Proxied.class, With.class})
    static class Application {

        @Bean
        static BeanPostProcessor proxies() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof Proxied)) {
                        return bean;
                    }
                    ProxyFactory proxies = new ProxyFactory(bean);
                    proxies.setProxyTargetClass(true);
                    proxies.addAdvice((MethodInterceptor) call -> call.proceed());
                    return proxies.getProxy();
                }
            };
        }

        @Bean
        @ConfigurationProperties("made")
        Made made() {
            Made made = new Made();
            made.setText("by the method");
            return made;
        }

        @Bean
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Scoped scoped() {
            return new Scoped();
        }

        @Bean
        @Lazy
        Late late() {
            return new Late();
        }
    }
}
