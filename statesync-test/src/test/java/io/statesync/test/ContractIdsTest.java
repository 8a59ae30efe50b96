package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every contract case is a test that names its id, and {@code docs/testing.md} says where. */
class ContractIdsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/testing.md");

    private static final Pattern TESTED =
            Pattern.compile("@DisplayName\\(\\s*\"([A-Z0-9]+-[A-Z]?\\d+(?:, [A-Z0-9]+-[A-Z]?\\d+)*): ");
    private static final Pattern ROW =
            Pattern.compile("^\\| \\[\\w+]\\(\\.\\./([\\w/.-]+\\.java)\\) \\| ([^|]+) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`");
    private static final Pattern RANGE = Pattern.compile("([A-Z0-9]+-[A-Z]?)(\\d+)(?:\\.\\.(\\d+))?");

    @Test
    void everyContractCaseIsATestThatNamesItsId() {
        Set<String> tested = new LinkedHashSet<>();
        testedBySource().values().forEach(tested::addAll);

        assertThat(tested).containsAll(contractIds());
    }

    @Test
    void thePageNamesForEachCaseAClassInWhichItStands() throws IOException {
        Map<String, Set<String>> tested = testedBySource();
        Set<String> named = new LinkedHashSet<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            Set<String> ids = ids(row.group(2));
            assertThat(tested.get(row.group(1)))
                    .as("ids in %s, of which docs/testing.md speaks", row.group(1))
                    .isNotNull()
                    .containsAll(ids);
            named.addAll(ids);
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(contractIds());
    }

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        Set<String> sources = new LinkedHashSet<>();
        testedBySource().keySet().forEach(path -> sources.add(path.substring(path.lastIndexOf('/') + 1)));
        Set<String> named = new LinkedHashSet<>();
        Matcher name = NAME.matcher(Files.readString(PAGE));
        while (name.find()) {
            named.add(name.group(1) + ".java");
        }

        assertThat(named).isNotEmpty();
        assertThat(sources).containsAll(named);
    }

    private static Set<String> contractIds() {
        Set<String> ids = ids(
                "EN-01..31, EX-01..38, E2E-01..60, RT-01..06, RT-08..15, TH-01..11, TH-13..21, TC-01..11, SP-01..04, "
                        + "AD-01..16, PA-01..19, EV-01..12, MG-01..16, PX-01..13");
        assertThat(ids).hasSize(31 + 38 + 60 + 14 + 20 + 11 + 4 + 16 + 19 + 12 + 16 + 13);
        ids.addAll(mutationIds());
        return ids;
    }

    /** The statements of mutations, and their cases. */
    private static Set<String> mutationIds() {
        Set<String> ids = ids("MU-C1..8, MU-M1..12, MU-T1..6, MU-O1..10, MU-P1..7, MU-L1..7, MU-R1..12, MU-V1..3,"
                + " MU-S1..7, MU-D1..12, MU-H1..4, MU-K1..4, MC-01..19");
        assertThat(ids).hasSize(8 + 12 + 6 + 10 + 7 + 7 + 12 + 3 + 7 + 12 + 4 + 4 + 19);
        return ids;
    }

    private static Set<String> ids(String ranges) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher range = RANGE.matcher(ranges);
        while (range.find()) {
            int first = Integer.parseInt(range.group(2));
            int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
            for (int i = first; i <= last; i++) {
                ids.add(range.group(1) + ("%0" + range.group(2).length() + "d").formatted(i));
            }
        }
        return ids;
    }

    /** Ids in display names, by source, as {@code module/src/...}. */
    private static Map<String, Set<String>> testedBySource() {
        Map<String, Set<String>> bySource = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT);
                Stream<Path> examples = Files.list(ROOT.resolve("docs/examples"))) {
            Stream.concat(modules, examples)
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .forEach(sources -> {
                        try (Stream<Path> files = Files.walk(sources)) {
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .forEach(file -> bySource.put(
                                            ROOT.relativize(file).toString().replace('\\', '/'), tested(file)));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bySource;
    }

    private static Set<String> tested(Path file) {
        try {
            Set<String> ids = new LinkedHashSet<>();
            Matcher name = TESTED.matcher(Files.readString(file));
            while (name.find()) {
                ids.addAll(List.of(name.group(1).split(", ")));
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
