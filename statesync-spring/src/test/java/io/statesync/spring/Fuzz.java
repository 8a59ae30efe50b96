package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.slf4j.LoggerFactory;

/**
 * Random inputs that can be played again: {@code -Dstatesync.fuzz.seed=..} repeats a run, {@code -Dstatesync.fuzz.factor=..}
 * makes it longer. Each use prints its seed.
 */
public final class Fuzz implements AutoCloseable {

    private static final long MAX_GROWTH = 24L * 1024 * 1024;
    private static final String[] ODD = {
        "",
        " ",
        "\0",
        "\n",
        "\r\n",
        ":",
        "~",
        "~hh",
        "~00",
        "%",
        "%zz",
        "\\q",
        "\\n",
        "\"",
        "{",
        "[",
        "null",
        "-1",
        "0",
        "007",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
        "1e9",
        "NaN",
        "*",
        "**",
        "/..;/",
        "ä",
        "\ud83d\ude00",
        "\ud800",
        "\u202e",
        "x".repeat(300)
    };

    public final Random random;
    private final int inputs;
    private final ListAppender<ILoggingEvent> loud = new ListAppender<>();
    private long heapBefore;

    /** @param inputs how many inputs the build plays */
    public Fuzz(String what, int inputs) {
        long seed = Long.getLong("statesync.fuzz.seed", System.nanoTime());
        this.random = new Random(seed);
        this.inputs = inputs * Integer.getInteger("statesync.fuzz.factor", 1);
        System.out.println("Fuzz of " + what + ": " + this.inputs + " inputs, -Dstatesync.fuzz.seed=" + seed);
        loud.start();
        root().addAppender(loud);
    }

    /** Plays them; after a first tenth, which fills caches and pools, memory may not grow any more. */
    public void play(Input input) throws Exception {
        for (int i = 0; i < inputs; i++) {
            if (i == inputs / 10) {
                heapBefore = usedHeap();
            }
            input.play(i);
        }
    }

    /** Nothing that inputs left behind is still held. */
    public void assertNoGrowth() {
        assertThat(usedHeap() - heapBefore).as("bytes that stay behind").isLessThan(MAX_GROWTH);
    }

    /** What was logged at WARN or above: nothing that a stranger sends may fill a log. */
    public List<String> loud() {
        return List.copyOf(loud.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Anything, with a liking for what programs stumble over. */
    public String text() {
        return switch (below(5)) {
            case 0, 1 -> oneOf(ODD);
            case 2 -> oneOf(ODD) + oneOf(ODD) + oneOf(ODD);
            case 3 -> new String(bytes(40), StandardCharsets.ISO_8859_1);
            default -> new String(bytes(40), StandardCharsets.UTF_8);
        };
    }

    public byte[] bytes(int most) {
        byte[] bytes = new byte[below(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same with some of it changed, lost, doubled or cut off. */
    public String mutated(String valid) {
        StringBuilder text = new StringBuilder(valid);
        for (int changes = below(4); changes >= 0 && !text.isEmpty(); changes--) {
            int at = below(text.length());
            switch (below(5)) {
                case 0 -> text.setCharAt(at, (char) below(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text());
                case 3 -> text.setLength(at);
                default -> text.insert(at, text.substring(at));
            }
        }
        return text.toString();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public void close() {
        root().detachAppender(loud);
    }

    /** One input. */
    public interface Input {
        void play(int number) throws Exception;
    }
}
