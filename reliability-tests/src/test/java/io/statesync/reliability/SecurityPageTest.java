package io.statesync.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each claim of the threat model names the test that shows it, and that test is there. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
    private static final Pattern DANGEROUS = Pattern.compile(
            "ObjectInputStream|XMLDecoder|(?<!de)activateDefaultTyping|ScriptEngine|SpelExpressionParser");

    @Test
    void everyClaimHasATestThatExists() throws IOException {
        Map<String, Path> tests = tests();
        List<String> claims = claims();
        assertThat(claims).hasSizeGreaterThan(20);
        for (String claim : claims) {
            String shownBy = claim.substring(claim.lastIndexOf('|', claim.length() - 2));
            assertThat(TEST.matcher(shownBy).find()).as("a test for: " + claim).isTrue();
            TEST.matcher(shownBy).results().forEach(it -> {
                assertThat(tests).containsKey(it.group(1));
                assertThat(it.group(2) == null || read(tests.get(it.group(1))).contains(" " + it.group(2) + "("))
                        .as(it.group() + " exists")
                        .isTrue();
            });
        }
    }

    /* The one expression language is in @InvalidatesTopic(condition), written by the application. */
    @Test
    void nothingThatComesInDecidesWhichClassIsMade() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> found = files.filter(file -> file.toString().contains("/src/main/java/io/statesync/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> DANGEROUS.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .toList();

            assertThat(found).isSubsetOf("Conditions.java");
        }
    }

    private static List<String> claims() {
        String page = read(ROOT.resolve("docs/security.md"));
        String model = page.substring(page.indexOf("## Threat model"));
        return model.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Claim"))
                .toList();
    }

    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 14)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
