package io.statesync.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every race of this module under jcstress, in JVMs of its own. {@code -Dstatesync.races=long} lets each run for a second
 * in each way in which the two threads' code can be compiled.
 */
class RacesTest {

    private static final String PLANTED = "io.statesync.planted.TornState";

    private static final List<String> SHORT = List.of("-sc", "false", "-time", "50");
    private static final List<String> LONG = List.of("-sc", "true", "-time", "1000");

    private static final Pattern SUMMARY = Pattern.compile(
            "\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");

    private static final Pattern SAMPLES = Pattern.compile("([\\d,]+) +<?[\\d.]+% +Acceptable");

    @TempDir
    Path results;

    @Test
    void noRaceBreaksAPromiseAndTheTornStateOnPurposeIsCaught() throws Exception {
        String said = run();

        assertThat(names("FAILED", said)).as(said).containsOnly(PLANTED);
        assertThat(names("OK", said)).as(said).containsAll(races());
        Matcher summary = lastSummary(said);
        assertThat(summary.group(4) + summary.group(5)).as(said).isEqualTo("00");
        System.out.printf("%d races, %,d times%n", races().size(), samples(said));
    }

    private String run() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main"));
        command.addAll(List.of("-c", "2", "-af", "NONE", "-f", "1", "-iters", "1", "-v"));
        command.addAll(List.of("-jvmArgs", "-Xmx256m -XX:+UseSerialGC", "-r", results.toString()));
        command.addAll("long".equals(System.getProperty("statesync.races")) ? LONG : SHORT);
        Process process = new ProcessBuilder(command)
                .directory(results.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // because of the planted one
        assertThat(process.waitFor()).as(said).isNotZero();
        return said;
    }

    private static Matcher lastSummary(String said) {
        Matcher summary = SUMMARY.matcher(said);
        int at = -1;
        while (summary.find()) {
            at = summary.start();
        }
        assertThat(at).as("no summary in %s", said).isNotNegative();
        summary.find(at);
        return summary;
    }

    private static long samples(String said) {
        return SAMPLES.matcher(said)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1).replace(",", "")))
                .sum();
    }

    private static Set<String> names(String verdict, String said) {
        return Pattern.compile("\\[" + verdict + "] (io\\.statesync[\\w.]+)")
                .matcher(said)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> races() throws IOException {
        try (InputStream list = RacesTest.class.getResourceAsStream("/META-INF/TestList")) {
            return Pattern.compile("S(io\\.statesync[A-Za-z.]+)_jcstress")
                    .matcher(new String(list.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.equals(PLANTED))
                    .collect(Collectors.toSet());
        }
    }
}
