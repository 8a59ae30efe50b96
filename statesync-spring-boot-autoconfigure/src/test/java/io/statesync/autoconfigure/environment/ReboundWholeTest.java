package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.state.EnvironmentApplier;
import io.statesync.spring.state.EnvironmentBinding;
import io.statesync.spring.state.SyncedProperties;
import io.statesync.state.MapChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;

/** What those see and hear who use a bean while it is bound again. */
class ReboundWholeTest {

    @Test
    void aListInUseIsReplacedAndNeverEmptied() {
        run(context -> {
            Access access = context.getBean(Access.class);
            change(context, Map.of("access.denied", List.of("a", "b"), "access.number", 1));
            change(context, Map.of("access.denied", List.of("a", "b"), "access.number", 2));

            assertThat(access.getNumber()).isEqualTo(2);
            assertThat(access.getDenied()).containsExactly("a", "b");
            assertThat(access.emptied).isZero();
        });
    }

    @Test
    void aMapWithoutASetterIsLeftAloneIfItsContentIsTheSame() {
        run(context -> {
            Access access = context.getBean(Access.class);
            change(context, Map.of("access.limits.x", "1", "access.number", 1));
            int before = access.emptied;
            change(context, Map.of("access.limits.x", "1", "access.number", 2));

            assertThat(access.getLimits()).isEqualTo(Map.of("x", "1"));
            assertThat(access.emptied).isEqualTo(before);
        });
    }

    @Test
    void whatHasASetterAloneIsBoundAgainToo() {
        run(context -> {
            Hidden hidden = context.getBean(Hidden.class);
            change(context, Map.of("hidden.word", "one"));
            change(context, Map.of("hidden.word", "two", "hidden.nested.word", "three"));

            assertThat(hidden.word).isEqualTo("two");
            assertThat(hidden.nested.word).isEqualTo("three");
        });
    }

    @Test
    void nobodyHearsOfAChangeThatIsTakenBack() {
        run(context -> {
            List<Integer> heard = new ArrayList<>();
            @SuppressWarnings("unchecked")
            SyncedProperties<Access> access = (SyncedProperties<Access>)
                    context.getBeanProvider(ResolvableType.forClassWithGenerics(SyncedProperties.class, Access.class))
                            .getObject();
            access.onChange(it -> heard.add(it.after().getNumber()), Runnable::run);
            context.getBean(EnvironmentApplier.class).bind(new Refusing());

            change(context, Map.of("access.number", 1));
            assertThatThrownBy(() -> change(context, Map.of("access.number", 13)))
                    .hasRootCauseMessage("no thirteen");

            assertThat(access.get().getNumber()).isEqualTo(1);
            assertThat(heard).containsExactly(1);
        });
    }

    private static void run(ContextConsumer<ApplicationContext> test) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        StateSyncAutoConfiguration.class, StateSyncEnvironmentAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .run(test::accept);
    }

    @SuppressWarnings("unchecked")
    private static void change(ApplicationContext context, Map<String, Object> properties) {
        EnvironmentApplier<Map<String, Object>> applier = context.getBean(EnvironmentApplier.class);
        try {
            applier.apply(new SnapshotEnvelope<>(new Revision(1), properties));
        } catch (Exception refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static final class Refusing implements EnvironmentBinding {
        @Override
        public Prepared prepare(MapChange<String, Object> change) {
            return new Prepared() {
                @Override
                public void commit() {
                    if (change.after().containsValue(13)) {
                        throw new IllegalStateException("no thirteen");
                    }
                }

                @Override
                public void rollback() {}
            };
        }
    }

    @ConfigurationProperties("access")
    static class Access {
        private int emptied;
        private int number;
        private List<String> denied = List.of();

        private final Map<String, String> limits = new LinkedHashMap<>() {
            @Override
            public void clear() {
                emptied++;
                super.clear();
            }
        };

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }

        public List<String> getDenied() {
            return denied;
        }

        public void setDenied(List<String> denied) {
            this.denied = new ArrayList<>(denied) {
                @Override
                public void clear() {
                    emptied++;
                    super.clear();
                }
            };
        }

        public Map<String, String> getLimits() {
            return limits;
        }
    }

    @ConfigurationProperties("hidden")
    static class Hidden {
        private String word;
        private final Nested nested = new Nested();

        public void setWord(String word) {
            this.word = word;
        }

        public Nested getNested() {
            return nested;
        }

        static class Nested {
            private String word;

            public void setWord(String word) {
                this.word = word;
            }
        }
    }

    @EnableConfigurationProperties({Access.class, Hidden.class})
    static class Application {
        @Bean
        EnvironmentApplier<Map<String, Object>> features(ConfigurableEnvironment environment) {
            return EnvironmentApplier.into(environment, "features").build();
        }
    }
}
