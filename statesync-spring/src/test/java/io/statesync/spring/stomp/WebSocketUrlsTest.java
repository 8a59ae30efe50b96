package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "http://shop:8080, /statesync, ws://shop:8080/statesync/ws",
        "http://shop:8080/, /statesync, ws://shop:8080/statesync/ws",
        "https://shop/app/, /statesync, wss://shop/app/statesync/ws",
        "https://shop, /, wss://shop/ws",
        "http://[::1]:8080, /statesync, ws://[::1]:8080/statesync/ws",
        "wss://shop/other/socket, /statesync, wss://shop/other/socket"
    })
    void aBaseUrlLeadsToItsWebSocket(String url, String path, String webSocket) {
        assertThat(WebSocketUrls.of(List.of(url), path)).containsExactly(URI.create(webSocket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop:8080", "shop", "ftp://shop", "http://", "http://shop:8080?x=1", "http://a b", ""})
    void whatIsNoUrlIsRefusedWithWhatToWrite(String url) {
        assertThatThrownBy(() -> WebSocketUrls.of(List.of(url), "/statesync"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + url + "\"")
                .hasMessageContaining("http://shop:8080");
    }

    @Test
    void atLeastOneUrlIsNeeded() {
        assertThatThrownBy(() -> StompTransport.to(List.of()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one URL");
    }
}
