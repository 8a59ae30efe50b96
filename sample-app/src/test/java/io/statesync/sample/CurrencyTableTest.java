package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CurrencyTableTest {

    @Test
    void aCurrencyIsNamedInManyLanguages() {
        CurrencyEntry yen = CurrencyTable.read().get("JPY");

        assertThat(yen.numericCode()).isEqualTo("392");
        assertThat(yen.digits()).isZero();
        assertThat(yen.names()).containsEntry("en", "Japanese Yen").containsEntry("de", "Japanischer Yen");
        assertThat(yen.names().values()).hasSizeGreaterThanOrEqualTo(20).doesNotContain("JPY");
    }

    @Test
    void theTableIsOfRealSizeAndAlwaysTheSame() {
        byte[] once = JsonMapper.shared().writeValueAsBytes(CurrencyTable.read());
        byte[] again = JsonMapper.shared().writeValueAsBytes(CurrencyTable.read());

        assertThat(once.length).isBetween(100_000, 250_000);
        assertThat(again).isEqualTo(once);
    }
}
