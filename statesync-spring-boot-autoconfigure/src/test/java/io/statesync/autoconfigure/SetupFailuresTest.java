package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationFilter;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.Replicas;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Every way to hold it wrong is told apart: what is wrong, where, and what to write instead. */
class SetupFailuresTest {

    private static final String SHOP = "statesync.sources.shop.urls=http://localhost:9";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class,
                    StateSyncAutoConfiguration.class,
                    StateSyncHttpAutoConfiguration.class,
                    StateSyncStompAutoConfiguration.class,
                    StateSyncExposureAutoConfiguration.class));

    static Stream<Arguments> wrongProperties() {
        return Stream.of(
                wrong("a topic that nothing here has to do with", "statesync.topics.prcies.startup=background")
                        .says("statesync.topics.prcies", "@SyncedTopic(\"prcies\")", "statesync.topics.prcies.type"),
                wrong("an exposed topic without a source", "statesync.topics.prices.expose=true")
                        .says("statesync.topics.prices.expose", "@TopicSource(\"prices\")"),
                wrong(
                                "an unknown source",
                                SHOP,
                                "statesync.topics.x.source=shpo",
                                "statesync.topics.x.type=java.lang.String")
                        .says("statesync.topics.x.source", "shpo", "Known here: shop"),
                wrong(
                                "an unknown default source",
                                SHOP,
                                "statesync.defaults.source=a",
                                "statesync.topics.x.type=java.lang.String")
                        .says("statesync.defaults.source", "\"a\"", "Known here: shop"),
                wrong("no source at all", "statesync.topics.x.type=java.lang.String")
                        .says("\"x\" has no source", "statesync.sources.<name>.urls", "@TopicSource(\"x\")"),
                wrong(
                                "several sources and none chosen",
                                SHOP,
                                "statesync.sources.b.urls=http://b",
                                "statesync.topics.x.type=java.lang.String")
                        .says("Known here: b, shop", "statesync.topics.x.source", "statesync.defaults.source"),
                wrong("a URL without a scheme", "statesync.sources.shop.urls=localhost:9")
                        .says("statesync.sources.shop.urls", "localhost:9", "https://shop:8080"),
                wrong("a URL that is none", "statesync.sources.shop.urls=http://a b")
                        .says("statesync.sources.shop.urls", "http://a b"),
                wrong("stomp without a URL", "statesync.sources.shop.events=stomp")
                        .says("\"shop\"", "stomp", "statesync.sources.shop.urls"),
                wrong("http without a URL", "statesync.sources.shop.snapshots=http")
                        .says("\"shop\"", "http", "statesync.sources.shop.urls"),
                wrong(
                                "a transport that is not here",
                                SHOP,
                                "statesync.sources.shop.events=kafka",
                                "statesync.topics.x.type=java.lang.String")
                        .says("statesync.sources.shop.events", "kafka", "application-events, stomp"),
                wrong(
                                "a way to read snapshots that is not here",
                                SHOP,
                                "statesync.sources.shop.snapshots=redis",
                                "statesync.topics.x.type=java.lang.String")
                        .says("statesync.sources.shop.snapshots", "redis", "http, local"),
                wrong(
                                "local snapshots of a topic that is not here",
                                SHOP,
                                "statesync.sources.shop.snapshots=local",
                                "statesync.topics.x.type=java.lang.String")
                        .says("\"x\"", "@TopicSource(\"x\")"),
                wrong(
                                "an unknown SSL bundle",
                                SHOP,
                                "statesync.sources.shop.ssl-bundle=b",
                                "statesync.topics.x.type=java.lang.String")
                        .says("statesync.sources.shop.ssl-bundle", "\"b\"", "spring.ssl.bundle"),
                wrong("a path without a slash", SHOP, "statesync.sources.shop.path=statesync")
                        .says("statesync.sources.shop.path", "slash"),
                wrong("no room for a snapshot", SHOP, "statesync.sources.shop.max-snapshot-size=0B")
                        .says("statesync.sources.shop.max-snapshot-size"),
                wrong("a negative time-out", "statesync.defaults.fetch-timeout=-1s")
                        .says("statesync.defaults.fetch-timeout", "longer than zero"),
                wrong("no time for a topic to start", "statesync.topics.x.startup-timeout=0s")
                        .says("statesync.topics.x.startup-timeout", "longer than zero"),
                wrong("a probe without a pause", SHOP, "statesync.sources.shop.probe-interval=0s")
                        .says("statesync.sources.shop.probe-interval"),
                wrong("a back-off that shrinks", "statesync.defaults.catch-up.initial=1m")
                        .says("statesync.defaults.catch-up", "must not be below"),
                wrong("an illegal topic name", "statesync.topics[ x].startup=background")
                        .says("statesync.topics", "white space", "kebab-case"),
                wrong("a way to start that comes later", "statesync.topics.x.startup=persisted-first")
                        .says("statesync.topics.x.startup", "persisted", "background"),
                wrong("a way to start that is none", "statesync.defaults.startup=later")
                        .says("statesync.defaults.startup", "later", "required"),
                wrong("an unknown key of a topic", "statesync.topics.x.fetch-timout=1s")
                        .says("statesync.topics.x.fetch-timout", "Did you mean statesync.topics.x.fetch-timeout?"),
                wrong("an unknown key at the top", "statesync.topic.x.expose=true")
                        .says("statesync.topic.x.expose", "Did you mean statesync.topics?"),
                wrong("an unknown key of a source", "statesync.sources.shop.url=http://a")
                        .says("Did you mean statesync.sources.shop.urls?"),
                wrong("a dotted name without brackets", "statesync.topics.feature.flags.expose=true")
                        .says("statesync.topics.feature.flags.expose", "[feature.flags]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongProperties")
    void aWrongPropertyIsNamedTogetherWithTheRightOne(String what, List<String> properties, List<String> said) {
        assertThat(Analyses.of(runner.withPropertyValues(properties.toArray(new String[0]))))
                .contains(said);
    }

    static Stream<Arguments> wrongBeans() {
        return Stream.of(
                wrong("two types on one topic", TwoTypes::new, SHOP)
                        .says("\"prices\" has two types", "String", "Integer"),
                wrong("a type that the source does not return", SourceOfAnotherType::new)
                        .says("\"prices\" has two types", "returns", "Integer"),
                wrong("two sources of one topic", TwoSources::new)
                        .says("\"prices\" has two sources", "one()", "two()", "Keep one"),
                wrong("an applier without a type", Untyped::new, SHOP)
                        .says("type of topic \"prices\" is not known", "statesync.topics.prices.type"),
                wrong(
                                "a property that disagrees",
                                OfString::new,
                                SHOP,
                                "statesync.topics.prices.type=java.lang.Integer")
                        .says("statesync.topics.prices.type", "java.lang.Integer", "Remove the property"),
                wrong("an applier that returns something", Returning::new, SHOP)
                        .says("@SyncedTopic", "apply(String)", "void"),
                wrong("an applier with other parameters", TwoParameters::new, SHOP)
                        .says("@SyncedTopic", "apply(String, String)", "io.statesync.Revision"),
                wrong("a source with a parameter", AskingSource::new)
                        .says("@TopicSource", "read(String)", "no parameter"),
                wrong("an illegal name in an annotation", IllegalName::new).says("@SyncedTopic", "\"\"", "it is empty"),
                wrong("an unknown topic to invalidate", UnknownInvalidated::new)
                        .says("@InvalidatesTopic", "\"prcies\"", "Known here: prices"),
                wrong("a condition that does not parse", HalfCondition::new)
                        .says("@InvalidatesTopic", "change()", "no SpEL expression", "#result ==", "condition = "),
                wrong("a final method that invalidates", FinalInvalidating::new)
                        .says("@InvalidatesTopic", "change()", "nor final", "StatePublisher"),
                wrong("a topic on what takes no snapshots", NoApplier::new, SHOP)
                        .says("@SyncedTopic on bean \"holder\"", "SyncedState<T>"),
                wrong("a filter for a topic that is not kept here", FilterOfUnknownTopic::new, SHOP)
                        .says("@SyncedTopic on bean \"filter\"", "\"prcies\"", "Known here: prices", "for all topics"),
                wrong("a customizer for a topic that is not kept here", CustomizerOfUnknownTopic::new)
                        .says("@SyncedTopic on bean \"customizer\"", "\"prices\"", "no copy of it is kept here"),
                wrong("an applier that is made anew each time", Prototype::new, SHOP)
                        .says("@SyncedTopic", "not a singleton"),
                wrong("a final applier method behind a proxy", FinalBehindProxy::new, SHOP)
                        .says("@SyncedTopic", "apply(String)", "CGLIB", "not final"),
                wrong("a private applier method behind a proxy", PrivateBehindProxy::new, SHOP)
                        .says("@SyncedTopic", "apply(String)", "package-private"),
                wrong("a bean with the name of a sync", NameTaken::new, SHOP)
                        .says("revisionSync.prices", "another name"),
                wrong("a sync of a type that no topic has", WantingAnotherType::new, SHOP)
                        .says("RevisionSync<java.lang.Integer>", "revisionSync.prices", "java.lang.String"),
                wrong("a topic to be exposed by no web server", Exposed::new, "statesync.topics.prices.expose=true")
                        .says("expose", "web server", "spring-boot-starter-websocket"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongBeans")
    void aWrongBeanIsNamedTogetherWithWhatToWrite(
            String what, Class<?> configuration, List<String> properties, List<String> said) {
        ApplicationContextRunner wrong =
                runner.withUserConfiguration(configuration).withPropertyValues(properties.toArray(new String[0]));
        assertThat(Analyses.of(wrong)).contains(said);
    }

    @Test
    @DisplayName("a topic configured in the environment without its dash is the one that an annotation names")
    void environmentNames() {
        runner.withUserConfiguration(DashedApplier.class)
                .withPropertyValues(SHOP, "statesync.defaults.startup=background")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("STATESYNC_TOPICS_PRICELIST_FETCHTIMEOUT", "7s"))))
                .run(context -> {
                    assertThat(context.getBeansOfType(RevisionSync.class)).hasSize(1);
                    assertThat(context.getBean(Replicas.class)
                                    .all()
                                    .get(0)
                                    .settings()
                                    .fetchTimeout())
                            .hasSeconds(7);
                });
    }

    private static WrongProperties wrong(String what, String... properties) {
        return said -> Arguments.of(what, List.of(properties), List.of(said));
    }

    private static <T> WrongProperties wrong(String what, Supplier<T> configuration, String... properties) {
        Class<?> type = configuration.get().getClass();
        return said -> Arguments.of(what, type, List.of(properties), List.of(said));
    }

    private interface WrongProperties {
        Arguments says(String... said);
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoTypes {
        @SyncedTopic("prices")
        void one(String prices) {}

        @SyncedTopic("prices")
        void two(Integer prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class SourceOfAnotherType {
        @TopicSource("prices")
        Integer read() {
            return 1;
        }

        @SyncedTopic("prices")
        void apply(String prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoSources {
        @TopicSource("prices")
        String one() {
            return "";
        }

        @TopicSource("prices")
        String two() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Untyped {
        @Bean
        @SyncedTopic("prices")
        @SuppressWarnings("rawtypes")
        SnapshotApplier applier() {
            return snapshot -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfString {
        @SyncedTopic("prices")
        void apply(String prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Returning {
        @SyncedTopic("prices")
        String apply(String prices) {
            return prices;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoParameters {
        @SyncedTopic("prices")
        void apply(String prices, String more) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class AskingSource {
        @TopicSource("prices")
        String read(String what) {
            return what;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class IllegalName {
        @SyncedTopic("")
        void apply(String prices, Revision revision) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class UnknownInvalidated {
        @TopicSource("prices")
        String read() {
            return "";
        }

        @InvalidatesTopic("prcies")
        void change() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class HalfCondition {
        @TopicSource("prices")
        String read() {
            return "";
        }

        @InvalidatesTopic(value = "prices", condition = "#result ==")
        boolean change() {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalInvalidating {
        @TopicSource("prices")
        String read() {
            return "";
        }

        @InvalidatesTopic("prices")
        final void change() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class NoApplier {
        @Bean
        @SyncedTopic("prices")
        StringBuilder holder() {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FilterOfUnknownTopic {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean
        @SyncedTopic("prcies")
        InvalidationFilter filter() {
            return event -> true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CustomizerOfUnknownTopic {
        @TopicSource("prices")
        String read() {
            return "";
        }

        @Bean
        @SyncedTopic("prices")
        RevisionSyncCustomizer customizer() {
            return (topic, builder) -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototype {
        @Bean
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        OfString prototype() {
            return new OfString();
        }
    }

    static class Applier {
        @SyncedTopic("prices")
        final void apply(String prices) {}
    }

    static class PrivateApplier {
        @SyncedTopic("prices")
        private void apply(String prices) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class FinalBehindProxy {
        @Bean
        static BeanPostProcessor proxies() {
            return new Proxies(Applier.class);
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
            return new Proxies(PrivateApplier.class);
        }

        @Bean
        PrivateApplier applier() {
            return new PrivateApplier();
        }
    }

    record Proxies(Class<?> type) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean.getClass() != type) {
                return bean;
            }
            ProxyFactory proxies = new ProxyFactory(bean);
            proxies.setProxyTargetClass(true);
            return proxies.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NameTaken {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean("revisionSync.prices")
        StringBuilder taken() {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WantingAnotherType {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean
        StringBuilder wanting(RevisionSync<Integer> sync) {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Exposed {
        @TopicSource("prices")
        String read() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DashedApplier {
        @Bean
        @SyncedTopic("price-list")
        SyncedState<List<String>> prices() {
            return SyncedState.create();
        }
    }
}
