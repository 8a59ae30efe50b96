package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import io.statesync.SnapshotEnvelope;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.Replicas;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What an application that is processed ahead of time tells a native image of its topics. Processed once: proxies are cached. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuntimeHintsTest {

    private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
    private RuntimeHints hints;

    @BeforeAll
    void process() {
        DefaultGenerationContext generation =
                new DefaultGenerationContext(new ClassNameGenerator(ClassName.get(Application.class)), files);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        generation.writeGeneratedContent();
        hints = generation.getRuntimeHints();
    }

    @Test
    void appliersAndSourceMethodsMayBeCalled() {
        assertTold(reflection().onMethodInvocation(Copies.class, "changed"));
        assertTold(reflection().onMethodInvocation(Copies.class, "labels"));
        assertTold(reflection().onMethodInvocation(Shop.class, "offers"));
        assertTold(reflection().onMethodInvocation(Shop.class, "put"));
    }

    @Test
    void theSyncsThatAreDefinedAtTheStartMayBeCreated() {
        assertTold(reflection().onMethodInvocation(Replicas.class, "create"));
    }

    @Test
    void jsonMayBeBoundToTheDataOfCopiesAndOfSources() {
        for (Class<?> type : List.of(Offer.class, Offer.Unit.class, Label.class, Served.class)) {
            assertTold(reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS));
        }
        assertTold(reflection().onMethodInvocation(Offer.class, "unit"));
        assertTold(reflection().onMethodInvocation(Served.class, "name"));
    }

    @Test
    void theContainerOfTheWebSocketClientMayBeEnded() throws ClassNotFoundException {
        assertTold(reflection().onMethodInvocation("org.apache.tomcat.websocket.WsWebSocketContainer", "destroy"));
    }

    @Test
    void proxiesAreMadeAheadOfTime() {
        assertThat(files.getGeneratedFiles(Kind.CLASS).keySet())
                .anyMatch(file -> file.contains("RuntimeHintsTest$Shop$$SpringCGLIB"));
    }

    @Test
    void noSerializationAndNoResourceOfOursIsNeededButTheModuleForWebPages() {
        assertThat(hints.serialization().javaSerializationHints())
                .extracting(hint -> hint.getType().getName())
                .noneMatch(name -> name.startsWith("io.statesync"));
        assertThat(hints.resources().resourcePatternHints())
                .flatExtracting(patterns -> patterns.getIncludes())
                .extracting(pattern -> pattern.getPattern())
                .filteredOn(pattern -> pattern.matches(".*statesync.*\\..*"))
                .containsOnly("io/statesync/spring/http/statesync.js");
    }

    @Test
    void whatNoTopicHoldsIsNotMentioned() {
        assertThat(hints.reflection().getTypeHint(TypeReference.of(Other.class)))
                .isNull();
    }

    private void assertTold(Predicate<RuntimeHints> predicate) {
        assertThat(predicate).accepts(hints);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        StateSyncAutoConfiguration.class,
        StateSyncHttpAutoConfiguration.class,
        StateSyncStompAutoConfiguration.class
    })
    static class Application {
        @Bean
        Shop shop() {
            return new Shop();
        }

        @Bean
        Copies copies() {
            return new Copies();
        }
    }

    static class Shop {
        @TopicSource("offers")
        Map<String, List<Offer>> offers() {
            return Map.of();
        }

        @TopicSource("served")
        Served served() {
            return new Served("a");
        }

        @TopicSource("labels")
        SnapshotEnvelope<List<Label>> labels() {
            throw new UnsupportedOperationException("not read in this test");
        }

        @InvalidatesTopic("offers")
        void put(Other other) {}
    }

    static class Copies {
        @SyncedTopic("offers")
        void changed(Map<String, List<Offer>> offers) {}

        @SyncedTopic("labels")
        protected void labels(SnapshotEnvelope<List<Label>> labels) {}
    }

    record Offer(BigDecimal amount, Unit unit) {
        record Unit(String currency) {}
    }

    record Label(String text) {}

    record Served(String name) {}

    record Other(String name) {}
}
