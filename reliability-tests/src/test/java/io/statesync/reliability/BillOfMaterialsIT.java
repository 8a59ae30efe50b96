package io.statesync.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the starter brings along is listed by the build, in CycloneDX, and the same each time. */
class BillOfMaterialsIT {

    private final JsonNode bill = JsonMapper.shared()
            .readTree(
                    Path.of("../statesync-spring-boot-starter/target/bom.json").toFile());

    @Test
    void itNamesWhatAnApplicationGetsWithVersionAndHash() {
        List<String> names = bill.get("components")
                .valueStream()
                .map(it -> it.get("name").asString())
                .toList();

        assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(names)
                .contains("statesync-core", "statesync-spring", "jackson-databind", "spring-web", "micrometer-core")
                .doesNotContain("junit-jupiter", "jazzer");
        assertThat(bill.get("components").valueStream())
                .allMatch(it -> it.has("purl") && !it.get("version").asString().isBlank());
    }

    @Test
    void nothingInItDiffersFromBuildToBuild() {
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.get("metadata").has("timestamp")).isFalse();
    }
}
