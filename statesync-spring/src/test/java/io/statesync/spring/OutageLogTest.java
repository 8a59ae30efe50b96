package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.RevisionProbe;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.memory.InMemoryTransport;
import io.statesync.policy.Backoff;
import io.statesync.test.ManualScheduler;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator reads of an outage of an hour: at most ten WARN for a topic, ten for its source, and one line when it ends. */
class OutageLogTest {

    private static final Duration STEP = Duration.ofMillis(500);
    private static final int STEPS_OF_AN_HOUR = 7_200;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.statesync");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final SourceLog sourceLog = new SourceLog(SourceSettings.local(), scheduler);
    private final LoggingSyncListener listener = new LoggingSyncListener(scheduler);
    private final InMemoryTransport transport = new InMemoryTransport();
    private final AtomicLong truth = new AtomicLong(1);
    private boolean down;

    private final RevisionProbe probe = new RevisionProbe(
            topics -> {
                refuseIfDown();
                return Map.of("prices", new Revision(truth.get()));
            },
            Duration.ofSeconds(10),
            scheduler,
            Runnable::run,
            sourceLog::probed);

    private final RevisionSync<Long> sync = RevisionSync.forTopic("prices")
            .subscriber(transport)
            .provider(() -> {
                refuseIfDown();
                return new SnapshotEnvelope<>(new Revision(truth.get()), truth.get());
            })
            .applier(snapshot -> {})
            .catchUp(Backoff.CATCH_UP)
            .probe(probe)
            .scheduler(scheduler)
            .executor(Runnable::run)
            .listener(listener)
            .build();

    private void refuseIfDown() throws ConnectException {
        if (down) {
            throw new ConnectException("refused");
        }
    }

    @BeforeEach
    void start() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
        listener.remember("prices");
        sync.start();
        log.list.clear();
    }

    @AfterEach
    void stop() {
        sync.close();
        probe.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void aSourceThatIsAwayForAnHourIsOneWarningOfEachAndOneLineWhenItIsBack() {
        for (int i = 0; i < STEPS_OF_AN_HOUR; i++) {
            down = true;
            change();
            sourceLog.disconnected(new ConnectException("refused"));
            scheduler.advance(STEP);
        }
        List<String> during = List.copyOf(lines());
        log.list.clear();
        down = false;
        sourceLog.connected();
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(during).hasSize(3).allMatch(line -> line.startsWith("WARN"));
        assertThat(of("Topic prices", during)).isEqualTo(1);
        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("INFO"));
        assertThat(of("Topic prices", lines())).isEqualTo(1);
        assertThat(sync.localRevision()).isEqualTo(new Revision(truth.get()));
    }

    @Test
    void aSourceThatComesAndGoesForAnHourIsTenWarningsAndTheLastSaysSo() {
        for (int i = 0; i < STEPS_OF_AN_HOUR; i++) {
            down = i % 40 < 30;
            change();
            if (down) {
                sourceLog.disconnected(new ConnectException("refused"));
            } else {
                sourceLog.connected();
            }
            scheduler.advance(STEP);
        }
        List<String> topic = lines().stream()
                .filter(line -> line.contains("Topic prices") && line.startsWith("WARN"))
                .toList();

        assertThat(topic).hasSize(10);
        assertThat(topic.get(9)).contains("comes and goes");
        assertThat(topic.subList(0, 9)).noneMatch(line -> line.contains("comes and goes"));
        assertThat(of("WARN Source", lines())).isLessThanOrEqualTo(10);
        assertThat(of("INFO", lines())).isLessThanOrEqualTo(20);
    }

    @Test
    void oneThatWasLeftOutAndGoesOnIsToldOnceThereIsRoom() {
        for (int i = 0; i < 2 * STEPS_OF_AN_HOUR; i++) {
            // it comes and goes for ten minutes, and stays away then
            down = i > 1_200 || i % 40 < 30;
            change();
            scheduler.advance(STEP);
        }

        assertThat(of("WARN Topic prices", lines())).isEqualTo(11);
    }

    /** A change, which the source announces whether or not it can be asked. */
    private void change() {
        transport.publish(InvalidationEvent.of("prices", new Revision(truth.incrementAndGet())));
    }

    private static long of(String text, List<String> lines) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }

    private List<String> lines() {
        return log.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
