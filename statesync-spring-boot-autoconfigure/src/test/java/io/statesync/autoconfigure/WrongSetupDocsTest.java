package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/testing.md} lists every wrong set-up with the test that asserts its message, and no other. */
class WrongSetupDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Pattern ROW = Pattern.compile("^\\| ([^|]+) \\| `(Wrong\\w+Test)` \\|$", Pattern.MULTILINE);

    private static final Map<Class<?>, Stream<WrongSetup>> TESTS = Map.ofEntries(
            Map.entry(WrongSourcePropertiesTest.class, WrongSourcePropertiesTest.all()),
            Map.entry(WrongTopicPropertiesTest.class, WrongTopicPropertiesTest.all()),
            Map.entry(WrongTimingPropertiesTest.class, WrongTimingPropertiesTest.all()),
            Map.entry(WrongAnnotationsTest.class, WrongAnnotationsTest.all()),
            Map.entry(WrongBeansTest.class, WrongBeansTest.all()),
            Map.entry(WrongProxiesTest.class, WrongProxiesTest.all()),
            Map.entry(WrongDatabasesTest.class, WrongDatabasesTest.all()),
            Map.entry(WrongKafkaTest.class, WrongKafkaTest.all()),
            Map.entry(WrongRedisTest.class, WrongRedisTest.all()),
            Map.entry(WrongRelayTest.class, WrongRelayTest.all()),
            Map.entry(WrongPersistenceTest.class, WrongPersistenceTest.all()),
            Map.entry(WrongMutationsTest.class, WrongMutationsTest.all()));

    @Test
    void theListHasThemAllAndNoOther() throws IOException {
        List<String> rows = new ArrayList<>();
        String page = Files.readString(PAGE);
        int section = page.indexOf("## Every way to hold it wrong");
        Matcher row = ROW.matcher(page.substring(section, page.indexOf("\n## ", section + 1)));
        while (row.find()) {
            rows.add(row.group(1) + ": " + row.group(2));
        }
        List<String> asserted = TESTS.entrySet().stream()
                .flatMap(test -> test.getValue()
                        .map(wrong -> wrong.what() + ": " + test.getKey().getSimpleName()))
                .toList();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(asserted).doesNotHaveDuplicates();
    }
}
