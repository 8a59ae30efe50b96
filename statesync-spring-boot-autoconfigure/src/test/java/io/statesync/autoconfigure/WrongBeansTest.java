package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.SHOP;
import static io.statesync.autoconfigure.WrongSetup.beans;

import io.statesync.RevisionSync;
import io.statesync.SnapshotApplier;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.state.SyncedState;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Beans that do not fit: types, scopes, names and injection points. */
class WrongBeansTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                beans("two types on one topic", TwoTypes.class, SHOP)
                        .says("\"prices\" has two types", "String", "Integer")
                        .advises("same type"),
                beans("a type that the source does not return", SourceOfAnotherType.class)
                        .says("\"prices\" has two types", "returns", "Integer")
                        .advises("return what the appliers take"),
                beans("an applier without a type", Untyped.class, SHOP)
                        .says("type of topic \"prices\" is not known", "applier")
                        .advises("statesync.topics.prices.type"),
                beans(
                                "a property that disagrees",
                                OfString.class,
                                SHOP,
                                "statesync.topics.prices.type=java.lang.Integer")
                        .says("statesync.topics.prices.type", "java.lang.Integer", "takes java.lang.String")
                        .advises("Remove the property"),
                beans("an applier that is made anew each time", Prototype.class, SHOP)
                        .says("@SyncedTopic", "bean \"prototype\"", "not a singleton")
                        .advises("remove the scope"),
                beans("a container of a scope", Scoped.class, SHOP)
                        .says("@SyncedTopic", "bean \"container\"", "not a singleton")
                        .advises("remove the scope"),
                beans("an applier of a scope, behind a proxy", ScopedProxy.class, SHOP)
                        .says("@SyncedTopic", "bean \"scoped\"", "not a singleton")
                        .advises("remove the scope"),
                beans("a source that is made anew each time", PrototypeSource.class)
                        .says("@TopicSource", "bean \"prototype\"", "not a singleton")
                        .advises("remove the scope"),
                beans("a bean with the name of a sync", NameTaken.class, SHOP)
                        .says("revisionSync.prices", "topic \"prices\"")
                        .advises("another name"),
                beans("a sync of a type that no topic has", WantingAnotherType.class, SHOP)
                        .says("RevisionSync<java.lang.Integer>", "revisionSync.prices", "java.lang.String")
                        .advises("@SyncedTopic"),
                beans("a sync of an unknown topic", WantingAnotherTopic.class, SHOP)
                        .says(
                                "RevisionSync<java.lang.String>",
                                "@SyncedTopic(\"prcies\")",
                                "no such topic",
                                "revisionSync.prices")
                        .advises("@SyncedTopic"),
                beans("a sync of a type that two topics have", WantingOneOfTwo.class, SHOP)
                        .says("RevisionSync<java.lang.String>", "several", "revisionSync.prices", "revisionSync.stock")
                        .advises("Put @SyncedTopic(\"<topic>\") beside the injection point"),
                beans("a container that nobody declared", WantingAContainer.class, SHOP)
                        .says("SyncedState<java.lang.String>", "@SyncedTopic(\"prices\")")
                        .advises("@Bean @SyncedTopic(\"prices\") SyncedState<..>"),
                beans("a container of a type that no topic has", WantingAContainerOfAnotherType.class, SHOP)
                        .says("SyncedState<java.lang.Integer>", "no topic here has that type", "revisionSync.prices")
                        .advises("beside the injection point", "@Bean @SyncedTopic(\"<topic>\") SyncedState<..>"),
                beans("a topic to be exposed by no web server", Exposed.class, "statesync.topics.prices.expose=true")
                        .says("expose=true", "no servlet web server")
                        .advises("spring-boot-starter-websocket", "remove \"expose\""));
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
    static class Prototype {
        @Bean
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        OfString prototype() {
            return new OfString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @SyncedTopic("prices")
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        SyncedState<String> container() {
            return SyncedState.create();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedProxy {
        @Bean
        @Scope(value = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        OfString scoped() {
            return new OfString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeSource {
        @Bean
        @Scope(BeanDefinition.SCOPE_PROTOTYPE)
        Exposed prototype() {
            return new Exposed();
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
    static class WantingAnotherTopic {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean
        StringBuilder wanting(@SyncedTopic("prcies") RevisionSync<String> sync) {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WantingOneOfTwo {
        @SyncedTopic("prices")
        void prices(String prices) {}

        @SyncedTopic("stock")
        void stock(String stock) {}

        @Bean
        StringBuilder wanting(RevisionSync<String> sync) {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WantingAContainer {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean
        StringBuilder wanting(@SyncedTopic("prices") SyncedState<String> prices) {
            return new StringBuilder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WantingAContainerOfAnotherType {
        @SyncedTopic("prices")
        void apply(String prices) {}

        @Bean
        StringBuilder wanting(SyncedState<Integer> prices) {
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
}
