package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The list of very many topics, each with as much to tell as there can be. */
class EndpointSizeTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StateSyncAutoConfiguration.class, StateSyncEndpointAutoConfiguration.class))
            .withUserConfiguration(EndpointTest.Application.class)
            .withPropertyValues("management.endpoints.web.exposure.include=statesync");

    @Test
    void theJsonOfFiveHundredTopicsIsSortedAndBounded() {
        String[] types = IntStream.range(0, 500)
                .mapToObj(i -> "statesync.topics.topic-" + i + ".type=java.lang.String")
                .toArray(String[]::new);
        String[] sources = IntStream.range(0, 500)
                .mapToObj(i -> "statesync.topics.topic-" + i + ".source=shop")
                .toArray(String[]::new);
        runner.withPropertyValues(FarDriver.PROPERTIES)
                .withPropertyValues(types)
                .withPropertyValues(sources)
                .withPropertyValues("statesync.defaults.catch-up.initial=1h", "statesync.defaults.catch-up.max=1h")
                .withBean(FarDriver.class)
                .run(context -> {
                    await().until(() -> endpoint(context).topics().topics().stream()
                            .skip(2)
                            .allMatch(topic -> topic.lastError() != null));
                    TopicList list = endpoint(context).topics();
                    assertThat(list.topics())
                            .hasSize(502)
                            .extracting(TopicView::topic)
                            .isSortedAccordingTo(Comparator.naturalOrder());
                    assertThat(list.topics().subList(2, 502)).allSatisfy(topic -> {
                        assertThat(topic.nextAttempt()).isNotNull();
                        assertThat(topic.counts().errors()).isNotEmpty();
                    });
                    String json = JsonMapper.shared().writeValueAsString(list);
                    assertThat(json.length()).isBetween(502 * 50, 502 * 800);
                });
    }

    private static StateSyncEndpoint endpoint(ApplicationContext context) {
        return context.getBean(StateSyncEndpoint.class);
    }
}
