package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.SHOP;
import static io.statesync.autoconfigure.WrongSetup.beans;

import io.statesync.InvalidationFilter;
import io.statesync.Revision;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.RevisionSyncCustomizer;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.util.stream.Stream;
import kotlin.Metadata;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Annotations where they cannot work. */
class WrongAnnotationsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                beans("an applier that returns something", Returning.class, SHOP)
                        .says("@SyncedTopic", "apply(String)", "returns String")
                        .advises("void"),
                beans("an applier with other parameters", TwoParameters.class, SHOP)
                        .says("@SyncedTopic", "apply(String, String)", "other parameters")
                        .advises("io.statesync.Revision"),
                beans("an applier that is a suspend function", Suspending.class, SHOP)
                        .says("@SyncedTopic", "apply(String, Continuation)", "suspend function")
                        .advises("plain function"),
                beans("a source that is a suspend function", SuspendingSource.class)
                        .says("@TopicSource", "read(Continuation)", "suspend function")
                        .advises("plain function"),
                beans("a suspend function that invalidates", SuspendingChange.class)
                        .says("@InvalidatesTopic", "change(Continuation)", "suspend function")
                        .advises("plain function"),
                beans("a source with a parameter", AskingSource.class)
                        .says("@TopicSource", "read(String)", "cannot be asked")
                        .advises("no parameter"),
                beans("a source that returns nothing", SilentSource.class)
                        .says("@TopicSource", "read()", "cannot be asked")
                        .advises("return the state"),
                beans("no topic in an annotation", IllegalName.class)
                        .says("@SyncedTopic", "\"\"", "it is empty")
                        .advises("kebab-case"),
                beans("an illegal topic of a source", IllegalSourceName.class)
                        .says("@TopicSource", "read()", "white space")
                        .advises("kebab-case"),
                beans("two sources of one topic", TwoSources.class)
                        .says("\"prices\" has two sources", "one()", "two()")
                        .advises("Keep one @TopicSource(\"prices\")"),
                beans("an unknown topic to invalidate", UnknownInvalidated.class)
                        .says("@InvalidatesTopic", "change()", "\"prcies\"", "Known here: prices")
                        .advises("Correct the name", "@TopicSource(\"prcies\")"),
                beans("no topic to invalidate", NothingInvalidated.class)
                        .says("@InvalidatesTopic", "change()", "names no topic")
                        .advises("@InvalidatesTopic(\"price-list\")"),
                beans("a condition that does not parse", HalfCondition.class)
                        .says("@InvalidatesTopic", "change()", "no SpEL expression", "#result ==")
                        .advises("condition = "),
                beans("a final method that invalidates", FinalInvalidating.class)
                        .says("@InvalidatesTopic", "change()", "cannot override")
                        .advises("nor final", "StatePublisher"),
                beans("a private method that invalidates", PrivateInvalidating.class)
                        .says("@InvalidatesTopic", "change()", "cannot override")
                        .advises("neither private", "StatePublisher"),
                beans("a topic on what takes no snapshots", NoApplier.class, SHOP)
                        .says("@SyncedTopic on bean \"holder\"", "java.lang.StringBuilder")
                        .advises("SyncedState<T>"),
                beans("a filter for a topic that is not kept here", FilterOfUnknownTopic.class, SHOP)
                        .says("@SyncedTopic on bean \"filter\"", "\"prcies\"", "Known here: prices")
                        .advises("for all topics"),
                beans("a customizer for a topic that is not kept here", CustomizerOfUnknownTopic.class)
                        .says("@SyncedTopic on bean \"customizer\"", "\"prices\"", "no copy of it is kept here")
                        .advises("declare an applier"));
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

    /* As the compiler of Kotlin makes them: "suspend fun" has one more parameter. */
    @Metadata
    @Configuration(proxyBeanMethods = false)
    static class Suspending {
        @SyncedTopic("prices")
        Object apply(String prices, Continuation<? super Unit> continuation) {
            return Unit.INSTANCE;
        }
    }

    @Metadata
    @Configuration(proxyBeanMethods = false)
    static class SuspendingSource {
        @TopicSource("prices")
        Object read(Continuation<? super String> continuation) {
            return "";
        }
    }

    @Metadata
    @Configuration(proxyBeanMethods = false)
    static class SuspendingChange {
        @InvalidatesTopic("prices")
        Object change(Continuation<? super Unit> continuation) {
            return Unit.INSTANCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SilentSource {
        @TopicSource("prices")
        void read() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class IllegalSourceName {
        @TopicSource("prices ")
        String read() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NothingInvalidated {
        @InvalidatesTopic({})
        void change() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class PrivateInvalidating {
        @InvalidatesTopic("prices")
        @SuppressWarnings("UnusedMethod")
        private void change() {}
    }
}
