package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.SyncPhase;
import io.statesync.spring.state.SyncedProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.validation.annotation.Validated;

/** A value that a bean cannot take fails the apply, and everything is as it was. */
class RefusedPropertiesTest {

    private static final Map<String, Object> GOOD =
            Map.of("a.number", 1, "b.number", 1, "b.name", "good", "c.number", 1);

    private final FeatureTopic topic = new FeatureTopic(GOOD);

    @Test
    void aValueOfAnotherTypeIsNamedAndNothingIsHalfBound() {
        run(context -> {
            refusedAs(context, with("b.number", "secret-text"), "\"b.number\"", "int");
            refusedAs(context, with("c.number", "secret-text"), "\"c.number\"", "int");
        });
    }

    @Test
    void aValueThatIsNotValidIsNamedAndNothingIsHalfBound() {
        run(context -> {
            refusedAs(context, with("b.name", " "), "\"b.name\"");
            refusedAs(context, with("c.number", 11), "\"c.number\"");
        });
    }

    @Test
    void aSetterThatRefusesTheBeanInUseLeavesItAsItWas() {
        run(context -> {
            Switch inUse = context.getBean(Switch.class);
            topic.change(context, with("d.on", true));
            assertThat(inUse.isOn()).isTrue();
            inUse.sealed = true;

            Map<String, Object> state = with("d.on", false);
            state.put("a.number", 3);
            assertThat(topic.refused(context, state)).hasStackTraceContaining("sealed");

            assertThat(inUse.isOn()).isTrue();
            assertThat(context.getBean(First.class).getNumber()).isEqualTo(2);
            assertThat(context.getEnvironment().getProperty("d.on")).isEqualTo("true");
        });
    }

    @Test
    void aBeanOfWhichNoSecondCanBeMadeIsNamed() {
        run(context -> {
            Throwable refused = topic.refused(context, with("e.number", 2));
            assertThat(refused).hasMessageContainingAll("\"only\"", "constructor without parameters", "except(..)");
            topic.change(context, with("a.number", 3));
            assertThat(context.getBean(First.class).getNumber()).isEqualTo(3);
        });
    }

    private void refusedAs(ApplicationContext context, Map<String, Object> state, String... telling) {
        List<SyncErrorContext> errors = context.getBean(Errors.class).errors;
        errors.clear();
        Throwable refused = topic.refused(context, state);

        assertThat(refused).hasMessageContaining("is left as it was").hasMessageContainingAll(telling);
        assertThat(refused.getMessage()).doesNotContain("secret-text");
        assertThat(errors).isNotEmpty().allMatch(error -> error.phase() == SyncPhase.APPLY);
        assertThat(context.getBean(First.class).getNumber()).isEqualTo(1);
        assertThat(context.getBean(Second.class).getNumber()).isEqualTo(1);
        assertThat(context.getBean(Second.class).getName()).isEqualTo("good");
        SyncedProperties<Third> third = context.<SyncedProperties<Third>>getBeanProvider(
                        ResolvableType.forClassWithGenerics(SyncedProperties.class, Third.class))
                .getObject();
        assertThat(third.get().number()).isEqualTo(1);
        assertThat(context.getEnvironment().getProperty("a.number")).isEqualTo("1");
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> state = new LinkedHashMap<>(GOOD);
        state.put("a.number", 2);
        state.put("b.number", 2);
        state.put(name, value);
        return state;
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        topic.runner(Application.class).run(context -> {
            FeatureTopic.awaitFirst(context);
            test.accept(context);
        });
    }

    record Errors(List<SyncErrorContext> errors) implements SyncListener {
        @Override
        public void onError(SyncErrorContext context) {
            errors.add(context);
        }
    }

    @EnableConfigurationProperties({First.class, Second.class, Third.class, Switch.class})
    static class Application {

        @Bean
        Errors errors() {
            return new Errors(new CopyOnWriteArrayList<>());
        }

        @Bean
        @ConfigurationProperties("e")
        Only only() {
            return new Only(1, "one");
        }
    }

    @ConfigurationProperties("a")
    static class First extends Numbered {}

    static class Numbered {
        private int number;

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    @Validated
    @ConfigurationProperties("b")
    static class Second extends Numbered {

        @NotBlank
        private String name = "by default";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    @Validated
    @ConfigurationProperties("c")
    record Third(@Max(10) int number) {}

    @ConfigurationProperties("d")
    static class Switch {
        private boolean on;
        private boolean sealed;

        public boolean isOn() {
            return on;
        }

        public void setOn(boolean on) {
            if (sealed) {
                throw new IllegalStateException("sealed");
            }
            this.on = on;
        }
    }

    static class Only extends Numbered {
        @SuppressWarnings("UnusedVariable")
        Only(int number, String text) {
            setNumber(number);
        }
    }
}
