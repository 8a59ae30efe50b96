package io.statesync.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import io.statesync.InvalidationPublisher;
import io.statesync.InvalidationSubscriber;
import io.statesync.Revision;
import io.statesync.test.ConvergenceScenarios;
import io.statesync.test.InvalidationTransportContract;
import io.statesync.test.RecordingHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;

class ApplicationEventTransportTest extends InvalidationTransportContract {

    private GenericApplicationContext context;
    private ApplicationEventTransport transport;

    @Override
    protected void open() {
        context = contextBelow(null);
        transport = context.getBean(ApplicationEventTransport.class);
    }

    @Override
    protected void close() {
        context.close();
    }

    @Override
    protected InvalidationSubscriber subscriber() {
        return transport;
    }

    @Override
    protected InvalidationPublisher publisher() {
        return transport;
    }

    @Override
    protected void sendGarbage(String topic) {
        context.publishEvent(new InvalidationEvent(topic, Revision.MAX, "", Long.MIN_VALUE, "no trace\n"));
    }

    @Override
    protected void disconnect() {
        context.close();
    }

    @Override
    protected void reconnect() {
        throw new AssertionError("a closed context refuses events, so nobody waits for its return");
    }

    @Test
    @DisplayName("TC-11: ten scenarios converge over application events, side by side")
    void tenScenariosConverge() throws Exception {
        // there is no server that could be restarted in the middle
        ConvergenceScenarios.over(() -> transport, transport).run();
    }

    @Test
    @DisplayName("TC-09: two contexts in one JVM do not hear each other, nor does a parent hear its child")
    void contextsDoNotHearEachOther() {
        try (GenericApplicationContext stranger = contextBelow(null);
                GenericApplicationContext child = contextBelow(context)) {
            RecordingHandler here = new RecordingHandler();
            RecordingHandler there = new RecordingHandler();
            RecordingHandler below = new RecordingHandler();
            transport.subscribe("prices", here);
            stranger.getBean(ApplicationEventTransport.class).subscribe("prices", there);
            child.getBean(ApplicationEventTransport.class).subscribe("prices", below);

            stranger.getBean(ApplicationEventTransport.class).publish(InvalidationEvent.of("prices", new Revision(1)));
            child.getBean(ApplicationEventTransport.class).publish(InvalidationEvent.of("prices", new Revision(2)));
            context.publishEvent(InvalidationEvent.of("prices", new Revision(3)));

            assertThat(there.revisions()).containsExactly("1");
            assertThat(below.revisions()).containsExactly("2");
            assertThat(here.revisions()).containsExactly("3");
        }
    }

    @Test
    @DisplayName("TC-09: contexts that share the bean share the channel")
    void contextsThatShareTheBeanShareTheChannel() {
        try (GenericApplicationContext child = new GenericApplicationContext(context)) {
            child.refresh();
            RecordingHandler handler = new RecordingHandler();
            transport.subscribe("prices", handler);

            child.getBean(ApplicationEventTransport.class).publish(InvalidationEvent.of("prices", new Revision(1)));

            assertThat(handler.revisions()).containsExactly("1");
        }
    }

    @Test
    void anApplicationListensWithSpringAlone() {
        Ear ear = new Ear();
        try (GenericApplicationContext own = new GenericApplicationContext()) {
            own.registerBean(
                    org.springframework.context.event.EventListenerMethodProcessor.class,
                    org.springframework.context.event.EventListenerMethodProcessor::new);
            own.registerBean(
                    org.springframework.context.event.DefaultEventListenerFactory.class,
                    org.springframework.context.event.DefaultEventListenerFactory::new);
            own.registerBean(Ear.class, () -> ear);
            own.registerBean(ApplicationEventTransport.class, () -> new ApplicationEventTransport(own));
            own.refresh();

            own.getBean(ApplicationEventTransport.class).publish(InvalidationEvent.of("prices", new Revision(1)));

            assertThat(ear.heard).containsExactly(InvalidationEvent.of("prices", new Revision(1)));
        }
    }

    @Test
    void aHandlerThatThrowsHarmsNeitherThePublisherNorTheNext() {
        RecordingHandler next = new RecordingHandler();
        transport.subscribe("prices", new ThrowingHandler());
        transport.subscribe("prices", next);

        assertThatCode(() -> transport.publish(InvalidationEvent.of("prices", new Revision(1))))
                .doesNotThrowAnyException();

        assertThat(next.revisions()).containsExactly("1");
    }

    private static GenericApplicationContext contextBelow(@Nullable GenericApplicationContext parent) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.setParent(parent);
        context.registerBean(ApplicationEventTransport.class, () -> new ApplicationEventTransport(context));
        context.refresh();
        return context;
    }

    static class Ear {

        private final List<InvalidationEvent> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(InvalidationEvent event) {
            heard.add(event);
        }
    }

    private static final class ThrowingHandler implements InvalidationHandler {

        @Override
        public void onInvalidation(
                @Nullable String topic,
                @Nullable String revision,
                @Nullable String sourceId,
                long timestampMs,
                @Nullable String traceparent) {
            throw new IllegalStateException("a handler that breaks its contract");
        }

        @Override
        public void onMalformed(@Nullable Object payload, Throwable error) {
            throw new IllegalStateException("a handler that breaks its contract");
        }

        @Override
        public void onConnectionLost(@Nullable Throwable cause) {
            throw new IllegalStateException("a handler that breaks its contract");
        }

        @Override
        public void onConnectionRestored() {
            throw new IllegalStateException("a handler that breaks its contract");
        }
    }
}
