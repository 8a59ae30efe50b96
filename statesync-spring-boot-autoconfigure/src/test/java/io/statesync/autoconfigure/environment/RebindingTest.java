package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.state.SyncedProperties;
import io.statesync.state.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Import;

/** Changes of {@code @ConfigurationProperties} reach the beans without a restart. */
class RebindingTest {

    private final FeatureTopic topic = new FeatureTopic(Map.of("shop.max-items", 5))
            .file("shop.max-items", 1)
            .file("shop.title", "from the file")
            .file("limits.per-minute", 10);

    @Test
    void aBeanWithSettersIsBoundAgainInPlace() {
        run(context -> {
            Shop shop = context.getBean(Shop.class);
            assertThat(shop.getMaxItems()).isEqualTo(5);
            assertThat(shop.getTitle()).isEqualTo("from the file");

            topic.change(
                    context, Map.of("shop.maxItems", 7, "shop", Map.of("timeout", "3s", "tags", List.of("a", "b"))));

            assertThat(context.getBean(Shop.class)).isSameAs(shop);
            assertThat(shop.getMaxItems()).isEqualTo(7);
            assertThat(shop.getTimeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(shop.getTags()).containsExactly("a", "b");
            assertThat(shop.getTitle()).isEqualTo("from the file");
        });
    }

    @Test
    void whatTheTopicDoesNotSayAnyMoreIsAsInTheFileOrByDefault() {
        run(context -> {
            Shop shop = context.getBean(Shop.class);
            topic.change(
                    context,
                    Map.of(
                            "shop",
                            Map.of(
                                    "max-items",
                                    9,
                                    "timeout",
                                    "3s",
                                    "tags",
                                    List.of("a"),
                                    "title",
                                    "topic",
                                    "pages",
                                    Map.of("size", 50, "names", Map.of("x", "X")))));
            assertThat(shop.getPages().getSize()).isEqualTo(50);
            assertThat(shop.getPages().getNames()).isEqualTo(Map.of("x", "X"));

            topic.change(context, Map.of("other", 1));

            assertThat(shop.getMaxItems()).isEqualTo(1);
            assertThat(shop.getTitle()).isEqualTo("from the file");
            assertThat(shop.getTimeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(shop.getTags()).isEmpty();
            assertThat(shop.getPages().getSize()).isEqualTo(20);
            assertThat(shop.getPages().getNames()).isEmpty();
        });
    }

    @Test
    void anImmutableTypeIsRebuiltBehindItsHolder() {
        run(context -> {
            Injected injected = context.getBean(Injected.class);
            List<StateChange<Limits>> changes = new CopyOnWriteArrayList<>();
            injected.limits.onChange(changes::add, Runnable::run);
            assertThat(injected.limits.get())
                    .isSameAs(context.getBean(Limits.class))
                    .isEqualTo(new Limits(10, 3));

            topic.change(context, Map.of("limits", Map.of("perMinute", 20)));
            Limits newer = injected.limits.get();
            topic.change(context, Map.of("shop.max-items", 6));

            assertThat(newer).isEqualTo(new Limits(20, 3));
            assertThat(injected.limits.get()).isEqualTo(new Limits(10, 3));
            assertThat(context.getBean(Limits.class)).as("what was injected").isEqualTo(new Limits(10, 3));
            assertThat(changes).extracting(StateChange::before).containsExactly(new Limits(10, 3), newer);
            assertThat(changes).extracting(StateChange::after).containsExactly(newer, new Limits(10, 3));
            assertThat(changes).extracting(StateChange::cause).doesNotContainNull();
        });
    }

    @Test
    void aBeanWithSettersHasAHolderTooWhichShowsItWhole() {
        run(context -> {
            SyncedProperties<Shop> holder = context.getBean(Injected.class).shop;
            topic.change(context, Map.of("shop.max-items", 6));
            Shop six = holder.get();
            topic.change(context, Map.of("shop.max-items", 7));
            assertThat(six.getMaxItems()).isEqualTo(6);
            assertThat(holder.get().getMaxItems()).isEqualTo(7);
        });
    }

    @Test
    void onlyWhatIsConcernedIsBoundAgain() {
        run(context -> {
            List<Object> changes = new ArrayList<>();
            context.getBean(Injected.class).limits.onChange(changes::add, Runnable::run);
            Shop shop = context.getBean(Shop.class);
            int bound = shop.bound;
            topic.change(context, Map.of("shop.max-items", 5, "shopping", 1));
            assertThat(shop.bound).isEqualTo(bound);
            assertThat(changes).isEmpty();
        });
    }

    @Test
    void whatWasInjectedByValueStays() {
        run(context -> {
            Injected injected = context.getBean(Injected.class);
            assertThat(injected.maxItems).isEqualTo(1);
            topic.change(context, Map.of("shop.max-items", 8));
            assertThat(injected.maxItems).isEqualTo(1);
            assertThat(context.getEnvironment().getProperty("shop.max-items")).isEqualTo("8");
        });
    }

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        topic.runner(Application.class).run(context -> {
            FeatureTopic.awaitFirst(context);
            await().until(() -> context.getBean(Shop.class).getMaxItems() == 5);
            test.accept(context);
        });
    }

    @EnableConfigurationProperties({Shop.class, Limits.class})
    @Import(Injected.class)
    static class Application {}

    static class Injected {

        @Autowired
        SyncedProperties<Limits> limits;

        @Autowired
        SyncedProperties<Shop> shop;

        @Value("${shop.max-items}")
        int maxItems;
    }

    @ConfigurationProperties("limits")
    record Limits(int perMinute, @DefaultValue("3") int burst) {}

    @ConfigurationProperties("shop")
    static class Shop {

        private int maxItems;
        private String title = "none";
        private Duration timeout = Duration.ofSeconds(1);
        private List<String> tags = new ArrayList<>();
        private final Pages pages = new Pages();
        private int bound;

        public int getMaxItems() {
            return maxItems;
        }

        public void setMaxItems(int maxItems) {
            this.maxItems = maxItems;
            bound++;
        }

        String getTitle() {
            return title;
        }

        void setTitle(String title) {
            this.title = title;
        }

        public Duration getTimeout() {
            return timeout;
        }

        public void setTimeout(Duration timeout) {
            this.timeout = timeout;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        public Pages getPages() {
            return pages;
        }
    }

    static class Pages {

        private int size = 20;
        private final Map<String, String> names = new HashMap<>();

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }

        public Map<String, String> getNames() {
            return names;
        }
    }
}
