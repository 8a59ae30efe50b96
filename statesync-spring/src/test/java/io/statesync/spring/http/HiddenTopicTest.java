package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.json.SnapshotCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever may not read a topic cannot learn whether it exists: neither by the answer nor by how long it takes, for nothing is
 * looked up before he is refused.
 */
class HiddenTopicTest {

    private final List<String> lookedUp = new ArrayList<>();
    private final SnapshotRequestHandler handler = new SnapshotRequestHandler(
            this::find,
            (user, topic) -> topic.equals("open"),
            new SnapshotCodec(JsonMapper.builder().build()),
            ServingLimits.of(1),
            Scheduler.system(),
            (topic, bytes) -> {});

    @Test
    void aForbiddenTopicAnswersAsOneThatDoesNotExistAndWithoutAnyWork() throws Exception {
        MockHttpServletResponse exists = ask("prices");
        MockHttpServletResponse none = ask("nobody");

        assertThat(exists.getStatus()).isEqualTo(403).isEqualTo(none.getStatus());
        assertThat(exists.getContentAsString())
                .isEqualTo(none.getContentAsString().replace("nobody", "prices"));
        assertThat(exists.getHeaderNames()).isEqualTo(none.getHeaderNames());
        assertThat(lookedUp).isEmpty();

        assertThat(ask("open").getStatus()).isEqualTo(200);
        assertThat(lookedUp).containsExactly("open");
    }

    private MockHttpServletResponse ask(String topic) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        handler.handleRequest(new MockHttpServletRequest("GET", "/statesync/snapshots/" + topic), response);
        return response;
    }

    private @Nullable ExposedTopic find(String topic) {
        lookedUp.add(topic);
        InMemorySource<String> truth = new InMemorySource<>(topic, "data", event -> {});
        return topic.equals("nobody") ? null : new ExposedTopic(topic, truth, truth);
    }
}
