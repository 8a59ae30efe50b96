package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import io.statesync.test.SourceContract;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisCounterIT extends SourceContract {

    private static final int WRITERS = 4;
    private static final int ISSUES_OF_EACH = 2_500;

    private static RedisServer server;

    private final List<LettuceConnectionFactory> factories = new ArrayList<>();
    private LettuceConnectionFactory factory;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.answer("FLUSHALL");
        factory = another();
    }

    @AfterEach
    void closeFactories() {
        factories.forEach(LettuceConnectionFactory::destroy);
    }

    /** A connection of its own. */
    private LettuceConnectionFactory another() {
        LettuceConnectionFactory another = server.factory();
        factories.add(another);
        return another;
    }

    private void write(String topic, String revision) {
        new StringRedisTemplate(factory).opsForHash().put(RedisKeys.DEFAULT.of(topic), "revision", revision);
    }

    @Override
    protected RevisionCounter counterBefore(Revision revision) {
        write(
                "price-list",
                new BigInteger(revision.toString()).subtract(BigInteger.TEN).toString());
        return RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
    }

    @Override
    protected RevisionCounter freshCounter() {
        return RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
    }

    @Override
    protected int rounds() {
        return 2_000;
    }

    @Test
    void fourWritersOfWhichOneHasALateClockNeverIssueTheSame() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<List<Revision>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                LettuceConnectionFactory own = another();
                RedisRevisionCounter counter = writer > 0
                        ? RedisRevisionCounter.hybrid(own, RedisKeys.DEFAULT)
                        : RedisRevisionCounter.hybrid(
                                own, RedisKeys.DEFAULT, () -> Instant.now().minus(Duration.ofDays(1)));
                writers.add(() -> IntStream.range(0, ISSUES_OF_EACH)
                        .mapToObj(it -> counter.next("contended"))
                        .toList());
            }
            Set<Revision> issued = new HashSet<>();
            for (Future<List<Revision>> writer : threads.invokeAll(writers)) {
                assertThat(writer.get()).isSorted().doesNotHaveDuplicates();
                issued.addAll(writer.get());
            }
            assertThat(issued).hasSize(WRITERS * ISSUES_OF_EACH);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHybridRevisionIsNewerThanTheClockAndThanItsPredecessor() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        RedisRevisionCounter counter = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT, () -> now);
        RedisRevisionCounter late = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT, () -> now.minusSeconds(60));

        Revision first = counter.next("prices");

        assertThat(first).isEqualTo(new Revision(now.toEpochMilli() << 20));
        assertThat(late.next("prices")).isEqualTo(first.next());
    }

    @Test
    void theServersClockIsExactToTheMillisecond() {
        long before = System.currentTimeMillis();
        Revision issued =
                RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT).next("prices");
        long after = System.currentTimeMillis();

        assertThat(issued.bits() & 0xF_FFFF).isZero();
        assertThat(issued.bits() >>> 20).isBetween(before, after);
    }

    @Test
    void aServersClockThatWasSetBackIssuesTheSuccessor() {
        Revision ahead = new Revision(System.currentTimeMillis() + 3_600_000 << 20);
        write("prices", ahead.toString());

        RedisRevisionCounter counter = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT);

        assertThat(counter.next("prices")).isEqualTo(ahead.next());
        assertThat(counter.next("prices")).isEqualTo(ahead.next().next());
    }

    @Test
    void carriesAreExactBeyondWhatADoubleHolds() {
        RedisRevisionCounter counter = RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
        for (String previous : List.of(
                "0",
                "9",
                "99",
                "9007199254740992",
                "9223372036854775807",
                "9999999999999999999",
                "18446744073709551609")) {
            write("carried", previous);

            assertThat(counter.next("carried"))
                    .isEqualTo(Revision.parse(previous).next());
        }
    }

    @Test
    void whatIsNoRevisionIsNotCountedOnFrom() {
        RedisRevisionCounter counter = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT);
        for (String strange : List.of("", "abc", "007", "-1", "1e18")) {
            write("strange", strange);

            assertThatThrownBy(() -> counter.next("strange"))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("issue a revision of topic \"strange\"")
                    .hasMessageContaining("holds no revision, but " + strange);
        }
    }

    @Test
    void manyTopicsAreReadAtOnceAndUnknownOnesAreLeftOut() {
        RedisRevisionCounter counter = RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
        List<String> topics =
                IntStream.range(0, 2_200).mapToObj(it -> "topic-" + it).toList();
        counter.next("topic-0");
        counter.next("topic-2199");
        counter.next("topic-2199");

        Map<String, Revision> current = counter.current(topics);

        assertThat(current)
                .containsExactlyInAnyOrderEntriesOf(Map.of("topic-0", new Revision(1), "topic-2199", new Revision(2)));
    }

    @Test
    void topicsOfAnyScriptAndLengthAreCounted() {
        RedisRevisionCounter counter = RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
        String longest = "\uD83D\uDE80".repeat(255);

        assertThat(counter.next(longest)).isEqualTo(new Revision(1));
        assertThat(counter.next("Preise")).isEqualTo(new Revision(1));
        assertThat(counter.next("preise")).isEqualTo(new Revision(1));
        assertThatThrownBy(() -> counter.next(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatForgotTheScriptsIsTold() throws Exception {
        RedisRevisionCounter counter = RedisRevisionCounter.sequential(factory, RedisKeys.DEFAULT);
        counter.next("prices");

        server.answer("SCRIPT FLUSH");

        assertThat(counter.next("prices")).isEqualTo(new Revision(2));
    }

    @Test
    void anEmptiedServerIssuesNewerNumbers() throws Exception {
        RedisRevisionCounter counter = RedisRevisionCounter.hybrid(factory, RedisKeys.DEFAULT);
        Revision before = counter.next("prices");

        server.answer("FLUSHALL");

        assertThat(counter.current(List.of("prices"))).isEmpty();
        assertThat(counter.next("prices").isNewerThan(before)).isTrue();
    }
}
