package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a base URL that is none. */
class BaseUrlTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            me:hunter2@shop:8080,        ***@shop:8080
            http://me:hun/ter2@shop,     http://***@shop
            ftp://me:hunter2@shop,       credentials
            ht tp://me:hunter2@shop,     ***@shop
            http://me:hunter 2@shop,     http://***@shop
            """)
    void aPasswordIsNotShown(String url, String shown) {
        assertThatThrownBy(() -> SourceSettings.baseUrl("shop", url))
                .isInstanceOf(SetupException.class)
                .hasMessageContainingAll("statesync.sources.shop.urls", shown)
                .satisfies(it -> assertThat(it.toString()).doesNotContain("hunter", "ter2"));
    }
}
