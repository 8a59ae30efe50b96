package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.TextMessage;

/** What a session may say, without a socket. */
class StompScreenTest {

    private final StompScreen screen = new StompScreen();

    @BeforeEach
    void connect() throws Exception {
        screen.frames(new TextMessage("CONNECT\naccept-version:1.2\nhost:x\n\n\0"));
    }

    @Test
    void aRefusalNamesTheFrameThatIsMeantSoThatAClientWithTooManyTopicsLosesOneOnly() throws Exception {
        for (int i = 0; i < StompScreen.MAX_SUBSCRIPTIONS; i++) {
            screen.frames(subscribe(i));
        }

        assertThatThrownBy(() -> screen.frames(subscribe(StompScreen.MAX_SUBSCRIPTIONS)))
                .hasMessageContaining("a session may have 16384 subscriptions at the most")
                .asInstanceOf(type(StompScreen.Refused.class))
                .satisfies(refused -> assertThat(refused.receipt()).isEqualTo("r-16384"));
    }

    @Test
    void aRefusalOfWhatHasNoReceiptNamesNone() {
        assertThatThrownBy(() -> screen.frames(new TextMessage("UNSUBSCRIBE\n\n\0")))
                .asInstanceOf(type(StompScreen.Refused.class))
                .satisfies(refused -> assertThat(refused.receipt()).isNull());
    }

    @Test
    void aHeaderThatHoldsTheEndOfAFrameIsNoStompAndIsNotGivenBack() {
        assertThatThrownBy(() -> screen.frames(new TextMessage("SUBSCRIBE\nid:1\nreceipt:\0ERROR\n\n\0")))
                .hasMessageContaining("this is no STOMP")
                .asInstanceOf(type(StompScreen.Refused.class))
                .satisfies(refused -> assertThat(refused.receipt()).isNull());
    }

    private static TextMessage subscribe(int id) {
        return new TextMessage(
                "SUBSCRIBE\nid:" + id + "\nreceipt:r-" + id + "\ndestination:" + Destinations.of("prices") + "\n\n\0");
    }
}
