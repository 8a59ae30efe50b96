package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.test.RecordingListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LinkReportsTest {

    private static final URI URL = URI.create("ws://shop/statesync/ws");

    private final RecordingListener listener = new RecordingListener();

    @Test
    void aMessageThatNamesNoSubscriptionIsReportedOnceWithoutATopic() {
        LinkReports reports = new LinkReports(settings(), Runnable::run, (topic, url, cause) -> {});

        reports.misaddressed("who am I".getBytes(StandardCharsets.UTF_8));

        assertThat(listener.errors()).hasSize(1);
        SyncErrorContext error = listener.errors().get(0);
        assertThat(error.phase()).isEqualTo(SyncPhase.PROTOCOL);
        assertThat(error.topic()).isNull();
        assertThat(error.sourceEvent()).isEqualTo("who am I");
    }

    @Test
    void aListenerThatThrowsAndAnExecutorThatRefusesHarmNobody() {
        StompTransportBuilder settings = settings().connectionListener(new StompConnectionListener() {
            @Override
            public void onConnected(URI url) {
                throw new IllegalStateException("a listener that breaks its contract");
            }
        });

        assertThatCode(() -> new LinkReports(settings, Runnable::run, (topic, url, cause) -> {}).connected(URL))
                .doesNotThrowAnyException();
        assertThatCode(() -> new LinkReports(
                                settings,
                                task -> {
                                    throw new RejectedExecutionException("closed");
                                },
                                (topic, url, cause) -> {})
                        .connected(URL))
                .doesNotThrowAnyException();
    }

    private StompTransportBuilder settings() {
        return StompTransport.to(List.of("http://shop")).listener(listener);
    }
}
