package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.json.SnapshotCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** A rule of the application that throws for one topic. */
@ExtendWith(OutputCaptureExtension.class)
class CautiousAccessTest {

    private static final TopicAccess BROKEN_FOR_PRICES = (user, topic) -> {
        if (topic.equals("prices")) {
            throw new IllegalStateException("the directory of users is away");
        }
        return true;
    };

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void theOtherTopicsOfAQuestionForRevisionsAreAnswered() throws Exception {
        RevisionsRequestHandler handler =
                new RevisionsRequestHandler(this::find, BROKEN_FOR_PRICES, Scheduler.system());
        MockHttpServletRequest question = new MockHttpServletRequest("GET", "/statesync/revisions");
        question.addParameter("topic", "prices", "stock");

        handler.handleRequest(question, response);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).contains("\"stock\"").doesNotContain("prices");
    }

    @Test
    void theSnapshotOfThatTopicIsForbiddenAndNothingSaysWhy() throws Exception {
        SnapshotRequestHandler handler = new SnapshotRequestHandler(
                this::find,
                BROKEN_FOR_PRICES,
                new SnapshotCodec(JsonMapper.builder().build()),
                ServingLimits.of(1),
                Scheduler.system(),
                (topic, bytes) -> {});

        handler.handleRequest(new MockHttpServletRequest("GET", "/statesync/snapshots/prices"), response);

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString()).doesNotContain("directory");
    }

    @Test
    void aWarningSaysItOnceHoweverOftenStrangersAsk(CapturedOutput output) {
        CautiousAccess access = new CautiousAccess(BROKEN_FOR_PRICES);
        for (int i = 0; i < 10; i++) {
            assertThat(access.mayRead(null, "prices")).isFalse();
        }
        assertThat(access.mayRead(null, "stock")).isTrue();

        assertThat(output.getAll()).containsOnlyOnce("Topic \"prices\" was not shown, because the TopicAccess bean");
    }

    private ExposedTopic find(String topic) {
        InMemorySource<String> truth = new InMemorySource<>(topic, "data", event -> {});
        return new ExposedTopic(topic, truth, truth);
    }
}
