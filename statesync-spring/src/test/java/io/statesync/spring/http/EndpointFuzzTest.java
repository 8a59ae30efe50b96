package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.Fuzz;
import io.statesync.spring.json.SnapshotCodec;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Strangers at the HTTP endpoints, without sockets: the handlers, on one request after the other. */
class EndpointFuzzTest {

    private static final int INPUTS = 60_000;
    private static final Set<Integer> CLEAN = Set.of(200, 304, 404, 405, 406, 400);

    private final Fuzz fuzz = new Fuzz("the HTTP endpoints", INPUTS);
    private final FuzzedRequests requests = new FuzzedRequests(fuzz);
    private final InMemorySource<String> truth = new InMemorySource<>("prices", "data", event -> {});
    private final SnapshotRequestHandler snapshots = new SnapshotRequestHandler(
            this::find,
            new SnapshotCodec(JsonMapper.builder().build()),
            SnapshotRequestHandler.DEFAULT_MAX_CONCURRENT_SNAPSHOTS,
            Scheduler.system());
    private final RevisionsRequestHandler revisions = new RevisionsRequestHandler(this::find, Scheduler.system());

    private ExposedTopic find(String topic) {
        return topic.equals("prices") ? new ExposedTopic("prices", truth, truth) : null;
    }

    @AfterEach
    void close() {
        fuzz.close();
    }

    @Test
    void everyRequestIsAnsweredOrCleanlyRefused() throws Exception {
        fuzz.play(number -> {
            MockHttpServletRequest request =
                    new MockHttpServletRequest(requests.method(), "/statesync" + requests.path());
            requests.headers((name, value) -> request.addHeader(name, value));
            MockHttpServletResponse response = new MockHttpServletResponse();
            if (fuzz.oneIn(3)) {
                for (int topics = fuzz.below(5); topics > 0; topics--) {
                    request.addParameter("topic", fuzz.oneIn(2) ? "prices" : fuzz.text());
                }
                revisions.handleRequest(request, response);
            } else {
                snapshots.handleRequest(request, response);
            }
            assertThat(response.getStatus()).isIn(CLEAN);
            assertThat(response.getHeaderNames().stream().map(response::getHeader))
                    .noneMatch(value -> value.contains("\n") || value.contains("\r"));
        });
        assertThat(answerToAFriend().getStatus()).isEqualTo(200);
        assertThat(answerToAFriend().getContentAsString()).contains("data");
        assertThat(fuzz.loud()).isEmpty();
        fuzz.assertNoGrowth();
    }

    private MockHttpServletResponse answerToAFriend() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        snapshots.handleRequest(new MockHttpServletRequest("GET", "/statesync/snapshots/prices"), response);
        return response;
    }
}
