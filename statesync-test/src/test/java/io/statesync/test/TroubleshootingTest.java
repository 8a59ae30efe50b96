package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages in {@code docs/troubleshooting.md} are those of the code. */
class TroubleshootingTest {

    private static final Path ROOT = Path.of("..");

    /** The second of three columns, if it is a message. */
    private static final Pattern MESSAGE = Pattern.compile("^\\| [^|]+ \\| `([^`]+)` \\|", Pattern.MULTILINE);

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^>]+>");
    private static final int TELLING = 8;

    @Test
    void everyMessageStandsInTheCode() throws IOException {
        String code = literals();
        List<String> unknown = new ArrayList<>();
        int known = 0;
        Matcher message = MESSAGE.matcher(Files.readString(ROOT.resolve("docs/troubleshooting.md")));
        while (message.find()) {
            for (String part : PLACEHOLDER.split(message.group(1))) {
                if (part.length() >= TELLING && !code.contains(part)) {
                    unknown.add(part);
                } else {
                    known++;
                }
            }
        }

        assertThat(unknown).isEmpty();
        assertThat(known).isGreaterThan(20);
    }

    /** The main sources, with texts that go over several lines put together. */
    private static String literals() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(TroubleshootingTest::sources)
                    .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\""))
                    .collect(Collectors.joining());
        }
    }

    private static Stream<String> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> sources = new ArrayList<>();
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                sources.add(Files.readString(file));
            }
            return sources.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
