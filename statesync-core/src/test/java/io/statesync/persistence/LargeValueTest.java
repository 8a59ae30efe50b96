package io.statesync.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A state of 50 MB in a process that has room for the old one, the new one, one encoded copy, and 64 MB. */
@Timeout(240)
class LargeValueTest {

    private static final long MB = 1024 * 1024;
    private static final long REST = 64 * MB;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    @DisplayName("PX-13: 50 MB are restored, fetched and saved with room for one encoded copy")
    void fiftyMegabytes(String compression) throws Exception {
        String[] measured = run(List.of("-Xmx1g"), "measure", compression).split(" ");
        long held = Long.parseLong(measured[0]);
        long encoded = Long.parseLong(measured[1]);
        if (compression.equals("none")) {
            assertThat(encoded).isGreaterThanOrEqualTo(50 * MB);
        }
        long limit = 2 * held + encoded + REST;
        System.out.printf(
                "50 MB, %s: a state is %d MB, encoded %d MB, so -Xmx is %d MB%n",
                compression, held / MB, encoded / MB, limit / MB);
        List<String> small = List.of("-Xmx" + limit / 1024 + "k");

        assertThat(run(small, "1", compression)).isEqualTo("restored 1, fetched 2, saved 2");
        if (compression.equals("none")) {
            assertThat(run(small, "2", compression)).isEqualTo("restored 2, fetched 3, saved 3");
        }
    }

    private String run(List<String> options, String what, String compression) throws Exception {
        try (ChildJvm child = ChildJvm.running(LargeValue.class, options, what, directory, compression)) {
            List<String> lines = child.rest();
            assertThat(child.exitCode()).as("%s said %s", what, lines).isZero();
            return lines.get(lines.size() - 1);
        }
    }
}
