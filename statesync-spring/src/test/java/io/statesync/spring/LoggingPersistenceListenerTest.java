package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.statesync.Revision;
import io.statesync.SyncErrorContext;
import io.statesync.SyncPhase;
import io.statesync.test.ManualScheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingPersistenceListenerTest {

    private static final Revision SEVEN = new Revision(7);

    private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingPersistenceListener.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LoggingPersistenceListener listener = new LoggingPersistenceListener(new ManualScheduler());

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        listener.remember("prices");
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void oneWarnPerIncidentAndOneInfoWhenItEnds() {
        for (int i = 0; i < 3; i++) {
            listener.onError(SyncErrorContext.of(SyncPhase.SAVE, "prices", new IOException("disk full")));
        }
        listener.saved("prices", SEVEN, 100, Duration.ZERO);
        listener.saved("prices", SEVEN, 100, Duration.ZERO);
        listener.onError(SyncErrorContext.of(SyncPhase.SAVE, "prices", new IOException("disk full")));

        assertThat(lines())
                .containsExactly(
                        "WARN Topic prices: its snapshot could not be saved, it is served all the same: IOException: disk full",
                        "INFO Topic prices: saved again, at revision 7",
                        "WARN Topic prices: its snapshot could not be saved, it is served all the same: IOException: disk full");
    }

    @Test
    void aSaveSaysNothingOfALoad() {
        listener.onError(SyncErrorContext.of(SyncPhase.LOAD, "prices", new IOException("no table")));
        listener.saved("prices", SEVEN, 100, Duration.ZERO);
        listener.loaded("prices", SEVEN, 100, Instant.EPOCH);

        assertThat(lines())
                .containsExactly(
                        "WARN Topic prices: its snapshot could not be restored: IOException: no table",
                        "INFO Topic prices: loaded again, at revision 7");
    }

    @Test
    void ofATopicThatIsGoneNothingIsSaid() {
        listener.forget("prices");

        listener.onError(SyncErrorContext.of(SyncPhase.SAVE, "prices", new IOException("disk full")));

        assertThat(lines()).isEmpty();
    }

    private List<String> lines() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
