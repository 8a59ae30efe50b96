package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.InvalidationEvent;
import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.TopicSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The condition of {@code @InvalidatesTopic}: what it can see, and what happens when it cannot be told. */
@ExtendWith(OutputCaptureExtension.class)
class ConditionsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(StateSyncAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void itSeesTheResult() {
        assertThat(announcements(shop -> shop.byResult(true))).isOne();
        assertThat(announcements(shop -> shop.byResult(false))).isZero();
    }

    @Test
    void itSeesTheArgumentsByPositionByNameAndInTheRoot() {
        assertThat(announcements(shop -> shop.byArguments("tea", 3, true))).isOne();
        assertThat(announcements(shop -> shop.byArguments("milk", 3, true))).isZero();
        assertThat(announcements(shop -> shop.byArguments("tea", 2, true))).isZero();
        assertThat(announcements(shop -> shop.byArguments("tea", 3, false))).isZero();
    }

    @Test
    void itSeesTheTargetTheMethodAndOtherBeans() {
        assertThat(announcements(shop -> {
                    shop.open();
                    shop.bySurroundings();
                }))
                .isOne();
        assertThat(announcements(Shop::bySurroundings)).isZero();
    }

    @Test
    void itSeesWhatAStageOrAnOptionalHolds() {
        assertThat(announcements(shop -> shop.byStage(CompletableFuture.completedFuture("new"))))
                .isOne();
        assertThat(announcements(shop -> shop.byStage(CompletableFuture.completedFuture("old"))))
                .isZero();
        assertThat(announcements(shop -> shop.byOptional(Optional.of("new")))).isOne();
        assertThat(announcements(shop -> shop.byOptional(Optional.empty()))).isZero();
    }

    @Test
    void oneThatFailsIsReportedAndTheTopicIsInvalidated(CapturedOutput output) {
        assertThat(announcements(shop -> shop.byLength(null))).isOne();
        assertThat(output.getAll())
                .contains("Topics prices: the condition #p0.length() > 3 of @InvalidatesTopic on ")
                .contains("byLength(String) cannot be told, they are invalidated: ");
    }

    @Test
    void oneThatIsNeitherTrueNorFalseIsReportedAndTheTopicIsInvalidated(CapturedOutput output) {
        assertThat(announcements(shop -> shop.byNothing("neither"))).isOne();
        assertThat(announcements(shop -> shop.byNothing(null))).isOne();
        assertThat(output.getAll()).contains("neither").contains("they are invalidated: it is null");
    }

    private int announcements(Consumer<Shop> change) {
        AtomicInteger made = new AtomicInteger();
        runner.run(context -> {
            AtomicInteger heard = context.getBean(Ear.class).heard;
            int before = heard.get();
            change.accept(context.getBean(Shop.class));
            made.set(heard.get() - before);
        });
        return made.get();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {
        @Bean
        Shop shop() {
            return new Shop();
        }

        @Bean
        Ear ear() {
            return new Ear();
        }

        @Bean
        List<String> opening() {
            return List.of("bySurroundings");
        }

        @TopicSource("prices")
        String prices() {
            return "";
        }
    }

    static class Ear {
        final AtomicInteger heard = new AtomicInteger();

        @EventListener
        void on(InvalidationEvent event) {
            heard.incrementAndGet();
        }
    }

    static class Shop {
        private boolean open;

        void open() {
            open = true;
        }

        public boolean isOpen() {
            return open;
        }

        @InvalidatesTopic(value = "prices", condition = "#result")
        public boolean byResult(boolean changed) {
            return changed;
        }

        @InvalidatesTopic(value = "prices", condition = "#p0 == 'tea' and #amount > 2 and #root.args[2]")
        public void byArguments(String what, int amount, boolean really) {}

        @InvalidatesTopic(value = "prices", condition = "#root.target.open and @opening.contains(#root.methodName)")
        public void bySurroundings() {}

        @InvalidatesTopic(value = "prices", condition = "#result == 'new'")
        public CompletionStage<String> byStage(CompletionStage<String> stage) {
            return stage;
        }

        @InvalidatesTopic(value = "prices", condition = "#result == 'new'")
        public Optional<String> byOptional(Optional<String> found) {
            return found;
        }

        @InvalidatesTopic(value = "prices", condition = "#p0.length() > 3")
        public void byLength(@Nullable String text) {}

        @InvalidatesTopic(value = "prices", condition = "#p0")
        public void byNothing(@Nullable String answer) {}
    }
}
