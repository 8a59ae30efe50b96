package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

class FlagFileTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    @TempDir
    private Path temporary;

    private Path directory;
    private FlagFile file;

    @BeforeEach
    void aDirectoryThatIsNotThereYet() {
        directory = temporary.resolve("data");
        file = new FlagFile(directory, JSON);
    }

    @Test
    void withoutAFileThereAreNoFlags() {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        SortedMap<String, Flag> flags = new TreeMap<>();
        flags.put("new-checkout", new Flag(true));
        flags.put("größer", new Flag(false));

        file.write(flags);

        assertThat(new FlagFile(directory, JSON).read()).isEqualTo(flags);
    }

    @Test
    void theFileIsThePlainDataAndNothingIsLeftBesideIt() throws IOException {
        file.write(new TreeMap<>(Map.of("a", new Flag(false))));
        file.write(new TreeMap<>(Map.of("a", new Flag(true))));

        assertThat(directory.resolve("feature-flags.json")).hasContent("{\"a\":{\"enabled\":true}}");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void halfAFileOfAProcessThatWasKilledIsNotRead() throws IOException {
        file.write(new TreeMap<>(Map.of("a", new Flag(true))));
        Files.writeString(directory.resolve("feature-flags.json.tmp"), "{\"a\":{\"ena");

        assertThat(file.read()).containsOnlyKeys("a");
        file.write(new TreeMap<>());
        assertThat(file.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"a\":{\"enabled\":tr",
                "{\"a\":null}",
                "{\"a\":{}}",
                "{\"a\":{\"enabled\":\"true\"}}",
                "{\"a\":{\"enabled\":1}}",
                "{\" \":{\"enabled\":true}}",
                "{} {}"
            })
    void aFileThatDoesNotHoldFlagsIsNamed(String content) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("feature-flags.json"), content);

        assertThatThrownBy(file::read)
                .isInstanceOf(FlagFileException.class)
                .hasMessageContaining("feature-flags.json does not hold feature flags: ");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory, "a file where the directory should be");

        assertThatThrownBy(() -> file.write(new TreeMap<>()))
                .isInstanceOf(FlagFileException.class)
                .hasMessageContaining("feature-flags.json could not be written: ");
    }

    @Test
    void theOperatorReadsWhatToDo() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("feature-flags.json"), "{");
        FlagFileException corrupt = catchThrowableOfType(FlagFileException.class, file::read);

        var analysis = new FlagFileFailureAnalyzer().analyze(new IllegalStateException("no context", corrupt));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains(directory.toString());
        assertThat(analysis.getAction()).contains("sample.data-dir");
    }
}
