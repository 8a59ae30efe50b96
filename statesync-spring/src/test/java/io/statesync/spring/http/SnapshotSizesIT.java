package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemorySource;
import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopic;
import io.statesync.spring.json.SnapshotCodec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How large snapshots are: told where they are read, and where they are encoded. */
class SnapshotSizesIT {

    private static final SnapshotCodec CODEC = new SnapshotCodec(JsonMapper.shared());

    private final InMemorySource<String> truth = new InMemorySource<>("greeting", "hello", event -> {});
    private final EmbeddedServer server = new EmbeddedServer(topic -> new ExposedTopic(topic, truth, truth));
    private final List<Long> sizes = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsReadIsMeasuredUnpackedAndOncePerBody() throws Exception {
        ConditionalSnapshotProvider<String> provider = provider(server.url());
        Revision revision = truth.set("x".repeat(5000));

        SnapshotEnvelope<String> read = provider.getSnapshot();
        assertThat(provider.getSnapshotUnless(revision)).isEmpty();

        assertThat(sizes).containsExactly((long) CODEC.encode(read).length);
    }

    @Test
    void aBodyThatCannotBeUsedIsNotMeasured() {
        try (MisbehavingServer bad = new MisbehavingServer()) {
            URI url = bad.answering(200, "application/json", "{\"revision\":");

            assertThat(catchThrowable(provider(url)::getSnapshot)).isNotNull();

            assertThat(sizes).isEmpty();
        }
    }

    @Test
    void whatIsServedIsMeasuredOncePerRevisionHoweverManyAsk() throws Exception {
        BoundedWait patience = new BoundedWait(Scheduler.system(), Duration.ofSeconds(5));
        EncodedSnapshots served = new EncodedSnapshots(CODEC, 10, patience, (topic, bytes) -> sizes.add(bytes));
        ExposedTopic topic = new ExposedTopic("greeting", truth, truth);

        served.get(topic);
        int one = served.get(topic).plain().bytes().length;
        truth.set("x".repeat(5000));
        int two = served.get(topic).plain().bytes().length;

        assertThat(sizes).containsExactly((long) one, (long) two);
        assertThat(two).isGreaterThan(5000);
    }

    private ConditionalSnapshotProvider<String> provider(URI url) {
        return HttpSource.at(List.of(url))
                .sizes((topic, bytes) -> sizes.add(bytes))
                .build()
                .provider("greeting", String.class);
    }
}
