package io.statesync.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryTransportTest {

    private final InMemoryTransport transport = new InMemoryTransport();
    private final Heard heard = new Heard();

    @Test
    void anEventReachesTheSubscriptionsOfItsTopicAsItIs() {
        transport.subscribe("a", heard);
        transport.subscribe("b", new Heard());

        transport.publish(new InvalidationEvent("a", Revision.MAX, "s", 5, "trace"));
        transport.publish(InvalidationEvent.of("nobody", Revision.ZERO));

        assertThat(heard.all).containsExactly("a 18446744073709551615 s 5 trace");
        assertThat(transport.subscriptions()).isEqualTo(2);
    }

    @Test
    void aClosedSubscriptionHearsNothing() {
        Subscription first = transport.subscribe("a", heard);
        Subscription second = transport.subscribe("a", new Heard());

        first.close();
        first.close();
        transport.publish(InvalidationEvent.of("a", Revision.ZERO));
        assertThat(transport.subscriptions()).isEqualTo(1);
        second.close();

        assertThat(heard.all).isEmpty();
        assertThat(transport.subscriptions()).isZero();
    }

    @Test
    void aLostConnectionIsToldAndRefusesEvents() {
        Subscription subscription = transport.subscribe("a", heard);
        assertThat(subscription.active()).isCompleted();

        transport.disconnect();
        assertThatIllegalStateException()
                .isThrownBy(() -> transport.publish(InvalidationEvent.of("a", Revision.ZERO)))
                .withMessageContaining("\"a\"");
        transport.reconnect();

        assertThat(heard.all).containsExactly("lost", "restored");
    }

    @Test
    void aSubscriptionOfADisconnectedTransportIsActiveOnceItIsConnected() {
        transport.disconnect();
        Subscription subscription = transport.subscribe("a", heard);
        assertThat(subscription.active().toCompletableFuture()).isNotDone();

        transport.reconnect();

        assertThat(subscription.active()).isCompleted();
        assertThat(heard.all).isEmpty();
    }

    @Test
    void anIllegalTopicIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> transport.subscribe("", heard));
    }

    @Test
    void aSourceCountsFromItsInitialValueAndAnnouncesEachChange() throws Exception {
        transport.subscribe("a", heard);
        InMemorySource<String> source = new InMemorySource<>("a", "one", transport);
        assertThat(source.getSnapshot()).isEqualTo(new SnapshotEnvelope<>(new Revision(1), "one"));

        assertThat(source.set("two")).isEqualTo(new Revision(2));
        assertThat(source.update(old -> old + "!")).isEqualTo(new Revision(3));

        assertThat(source.get()).isEqualTo("two!");
        assertThat(source.getSnapshotUnless(new Revision(3))).isEmpty();
        assertThat(source.getSnapshotUnless(new Revision(2))).contains(new SnapshotEnvelope<>(new Revision(3), "two!"));
        assertThat(source.current(List.of("a", "b"))).containsOnlyKeys("a").containsValue(new Revision(3));
        assertThat(heard.all).hasSize(2).allSatisfy(text -> assertThat(text).contains(" in-memory "));
    }

    @Test
    void aSourceWhoseTransportIsAwayStillChanges() {
        InMemorySource<String> source = new InMemorySource<>("a", "one", transport);
        transport.disconnect();

        assertThat(source.set("two")).isEqualTo(new Revision(2));

        assertThat(source.get()).isEqualTo("two");
    }

    private static final class Heard implements InvalidationHandler {

        final List<String> all = new ArrayList<>();

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            all.add(topic + " " + revision + " " + sourceId + " " + timestampMs + " " + traceparent);
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            all.add("malformed " + payload);
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            all.add("lost");
        }

        @Override
        public void onConnectionRestored() {
            all.add("restored");
        }
    }
}
