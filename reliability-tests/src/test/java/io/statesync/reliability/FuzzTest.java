package io.statesync.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every target, on what is kept and under the fuzzer. {@code -Dstatesync.fuzz.seconds=600} gives each target a process and
 * ten minutes of its own, {@code -Dstatesync.fuzz.target=..} names one.
 */
class FuzzTest {

    private static final int SHORT = 8;
    private static final @Nullable Integer SECONDS = Integer.getInteger("statesync.fuzz.seconds");

    static List<String> targets() {
        String one = System.getProperty(Fuzzer.TARGET);
        return one == null ? Targets.names() : List.of(one);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatIsKeptIsPlayedAgain(String name) throws Exception {
        FuzzTarget target = Targets.open(name);
        List<byte[]> kept = Corpus.of(name);
        assertThat(kept).hasSizeGreaterThan(3);
        for (byte[] input : kept) {
            target.play(input);
        }
    }

    @Test
    void theFuzzerFindsNothing() throws Exception {
        if (SECONDS == null) {
            find(System.getProperty(Fuzzer.TARGET), SHORT);
        } else {
            for (String target : targets()) {
                find(target, SECONDS);
            }
        }
    }

    private static void find(@Nullable String target, int seconds) throws Exception {
        Path folder = Path.of("target", "fuzz", target == null ? "all" : target).toAbsolutePath();
        Files.createDirectories(folder);
        Jazzer run = Jazzer.run(target, seconds, folder);
        System.out.println(
                "Fuzzed " + (target == null ? "all targets" : target) + " for " + seconds + " s: " + run.figures());
        assertThat(run.exit()).as(run.finding()).isZero();
    }
}
