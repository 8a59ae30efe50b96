package io.statesync.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

    @TempDir
    private Path logs;

    @Test
    void theLastTableOfALogIsReadAndTwoRoundsHaveTheirMeanAsMedian() throws Exception {
        Path log = Files.writeString(logs.resolve("b7durable.log"), """
                | participant | appends/s |
                |---|---:|
                | warm-up | 1 |

                | participant | appends/s |
                |---|---:|
                | ours | 10 |
                | ours | 20 |
                | theirs | 30 |
                | theirs | no |
                java 17
                """);

        Table table = Table.read(log);

        assertThat(table.scenario()).isEqualTo("b7durable");
        assertThat(table.value("appends/s", "ours")).hasValue(15);
        assertThat(table.largest("appends/s", "ours")).hasValue(20);
        assertThat(table.value("appends/s", "theirs")).hasValue(30);
        assertThat(table.value("appends/s", "warm-up")).isEmpty();
        assertThat(table.notes()).containsExactly("java 17");
    }

    @Test
    void aScenarioWithoutALogWasNotRun() throws Exception {
        assertThat(Table.read(logs.resolve("b1.log")).wasRun()).isFalse();
    }
}
