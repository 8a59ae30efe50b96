package io.statesync.spring.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.SnapshotPublisher;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

class SnapshotFluxTest {

    private final SnapshotPublisher<String> publisher = SnapshotPublisher.on(Runnable::run);
    private final Flux<String> data = SnapshotFlux.of(publisher).map(SnapshotEnvelope::data);

    @Test
    void aSlowSubscriberGetsTheNewestAndTheEndComesWhenThePublisherIsClosed() {
        List<String> heard = new ArrayList<>();
        BaseSubscriber<String> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(String value) {
                heard.add(value);
            }

            @Override
            protected void hookOnComplete() {
                heard.add("end");
            }
        };
        apply(1);
        data.subscribe(slow);
        apply(2);
        apply(3);
        assertThat(heard).containsExactly("1");
        slow.request(1);
        assertThat(heard).containsExactly("1", "3");
        publisher.close();
        assertThat(heard).containsExactly("1", "3", "end");
    }

    private void apply(long revision) {
        publisher.apply(new SnapshotEnvelope<>(new Revision(revision), "" + revision));
    }
}
