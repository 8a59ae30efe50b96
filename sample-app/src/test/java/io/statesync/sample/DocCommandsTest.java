package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.spring.docs.Block;
import io.statesync.spring.docs.Document;
import io.statesync.spring.docs.Documents;
import io.statesync.spring.docs.ShellBlock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the commands of the pages name is there. Those with curl are sent by {@code DocCommandsIT}. */
class DocCommandsTest {

    private static final Pattern IN_THE_TEXT = Pattern.compile("`(mvn [^`]+)`");

    @TestFactory
    Stream<DynamicTest> theBlocks() {
        return Documents.blocks("sh", "console").stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.place(), () -> assertThat(mistakes(block)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> commandsInTheText() {
        return Documents.all().stream()
                .flatMap(page -> IN_THE_TEXT.matcher(page.text()).results().map(command -> command.group(1)))
                .distinct()
                .map(command -> DynamicTest.dynamicTest(
                        command, () -> assertThat(DocCommand.mistakes(command)).isEmpty()));
    }

    @Test
    void plantedMistakesAreFound() {
        assertThat(mistakes("mvn verifi")).isNotEmpty();
        assertThat(mistakes("mvn spotless:aply")).isNotEmpty();
        assertThat(mistakes("mvn verify -Prelaese")).isNotEmpty();
        assertThat(mistakes("mvn verify -pl statesync-kore")).isNotEmpty();
        assertThat(mistakes("mvn test -Dtest=NoSuchTest")).isNotEmpty();
        assertThat(mistakes("mvn test -Dtest=RetryTest#noSuchCase")).isNotEmpty();
        assertThat(mistakes("mvn test -Dstatesync.no.such=1")).isNotEmpty();
        assertThat(mistakes("mvn test -DargLine=-Dstatesync.replica.kills=1")).isNotEmpty();
        assertThat(mistakes("mvn spring-boot:run -Dspring-boot.run.profiles=oracle"))
                .isNotEmpty();
        assertThat(mistakes("java -jar sample-app/target/other.jar")).isNotEmpty();
        assertThat(mistakes("java -cp .. io.statesync.NoSuchProgram")).isNotEmpty();
        assertThat(mistakes("npm run nothing")).isNotEmpty();
        assertThat(mistakes("frobnicate")).isNotEmpty();
        assertThat(mistakes("benchmarks/run b77")).isNotEmpty();
        assertThat(mistakes(new Document("x.md", "<!-- shown by NoSuchTest -->\n```sh\nls\n```\n")
                        .blocks()
                        .get(0)))
                .isNotEmpty();
    }

    private static List<String> mistakes(String command) {
        return mistakes(new Block("x.md", 1, "sh", command, List.of()));
    }

    private static List<String> mistakes(Block block) {
        if (!block.shownBy().isEmpty()) {
            return block.shownBy().stream()
                    .filter(test -> !DocCommand.isTest(test))
                    .map(test -> test + " is no test")
                    .toList();
        }
        return ShellBlock.of(block).commands().stream()
                .flatMap(command -> DocCommand.mistakes(command.line()).stream())
                .toList();
    }
}
