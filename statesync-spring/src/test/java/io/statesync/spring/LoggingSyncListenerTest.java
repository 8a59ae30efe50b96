package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.statesync.InvalidationEvent;
import io.statesync.RefreshCause;
import io.statesync.RefreshOutcome;
import io.statesync.RefreshReport;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.test.ManualScheduler;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingSyncListenerTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingSyncListener.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final LoggingSyncListener listener = new LoggingSyncListener(scheduler);

    @BeforeEach
    void listen() {
        listener.remember("prices");
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void anIncidentIsOneWarningWithoutAStackTraceAndOneInfoWhenItEnds() {
        for (int i = 0; i < 50; i++) {
            listener.onError(error(SyncPhase.GET_SNAPSHOT, new ConnectException("refused")));
            listener.onRefreshEnded(report(RefreshOutcome.FAILED));
        }
        listener.onRefreshEnded(report(RefreshOutcome.APPLIED));
        listener.onRefreshEnded(report(RefreshOutcome.UNCHANGED));

        assertThat(shown()).hasSize(2);
        assertThat(shown().get(0)).startsWith("WARN").contains("prices", "getSnapshot", "refused");
        assertThat(shown().get(1)).startsWith("INFO").contains("prices", "getSnapshot");
        assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void theNextIncidentIsANewWarning() {
        listener.onError(error(SyncPhase.APPLY, new IllegalStateException("full")));
        listener.onRefreshEnded(report(RefreshOutcome.APPLIED));
        listener.onError(error(SyncPhase.APPLY, new IllegalStateException("full")));

        assertThat(shown()).hasSize(3);
    }

    @Test
    void aSourceThatWentBackIsOneWarning() {
        listener.onRefreshEnded(report(RefreshOutcome.REGRESSED));
        listener.onRefreshEnded(report(RefreshOutcome.REGRESSED));
        listener.onRefreshEnded(report(RefreshOutcome.UNCHANGED));

        assertThat(shown()).hasSize(2);
        assertThat(shown().get(0)).contains("older");
    }

    @Test
    void badEventsThatNeverEndAreALineNowAndThen() {
        SyncErrorContext bad = new SyncErrorContext(
                SyncPhase.PROTOCOL,
                "prices",
                new IllegalArgumentException("no revision"),
                null,
                null,
                null,
                null,
                "garbage",
                0,
                false,
                null);
        for (int i = 0; i < 1000; i++) {
            listener.onError(bad);
            listener.onRefreshEnded(report(RefreshOutcome.APPLIED));
            scheduler.advance(Duration.ofSeconds(1));
        }

        assertThat(shown()).hasSize(2).allMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void aTopicThatIsGoneIsForgottenWithItsIncidentsAndNotBroughtBack() {
        listener.onError(error(SyncPhase.APPLY, new IllegalStateException("full")));
        listener.forget("prices");
        listener.onError(error(SyncPhase.APPLY, new IllegalStateException("late")));
        listener.onRefreshEnded(report(RefreshOutcome.APPLIED));
        assertThat(shown()).hasSize(1);

        listener.remember("prices");
        listener.onError(error(SyncPhase.APPLY, new IllegalStateException("full again")));

        assertThat(shown()).hasSize(2);
        assertThat(shown().get(1)).contains("full again");
    }

    @Test
    void aStopIsNoIncident() {
        listener.onError(error(SyncPhase.START, new CancellationException("stopped")));

        assertThat(shown()).isEmpty();
    }

    private List<String> shown() {
        return lines.list.stream()
                .map(it -> it.getLevel() + " " + it.getFormattedMessage())
                .toList();
    }

    private static SyncErrorContext error(SyncPhase phase, Throwable error) {
        return SyncErrorContext.of(phase, "prices", error);
    }

    private static RefreshReport report(RefreshOutcome outcome) {
        return new RefreshReport(
                "prices",
                RefreshCause.CATCH_UP,
                outcome,
                new Revision(7),
                new Revision(5),
                Duration.ZERO,
                Duration.ZERO,
                InvalidationEvent.NO_TIMESTAMP,
                null,
                false);
    }
}
