package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.DeploymentException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;

class ConnectionTroubleTest {

    @Test
    void aConnectionThatBreaksIsToldWithoutJargon() {
        assertThat(ConnectionTrouble.closed(new CloseStatus(1006)))
                .hasMessageContaining("without a farewell")
                .hasMessageNotContaining("null");
    }

    @Test
    void aFarewellIsToldWithItsReason() {
        assertThat(ConnectionTrouble.closed(new CloseStatus(1001, "going down")))
                .hasMessage("the source closed the connection (1001: going down)");
    }

    @Test
    void aWrongPathPointsAtTheProperties() {
        DeploymentException error = new DeploymentException(
                "The HTTP response from the server [404] did not permit the HTTP upgrade to WebSocket");
        assertThat(ConnectionTrouble.notOpened(new CompletionException(error)))
                .hasMessageContaining("urls and path of statesync.sources")
                .hasMessageContaining("statesync.server.path")
                .hasCause(error);
    }

    @Test
    void aRefusalSpeaksOfCredentials() {
        assertThat(ConnectionTrouble.notOpened(
                        new DeploymentException("response from the server [403] did not permit")))
                .hasMessageContaining("refused (403)")
                .hasMessageContaining("credentials");
    }

    @Test
    void aFailureOfTlsPointsAtTheBundle() {
        DeploymentException error =
                new DeploymentException("no connection", new SSLHandshakeException("bad_certificate"));
        assertThat(ConnectionTrouble.notOpened(error))
                .hasMessageContaining("bad_certificate")
                .hasMessageContaining("ssl-bundle")
                .hasCause(error);
    }

    @Test
    void whatIsNotKnownStaysAsItIs() {
        DeploymentException error = new DeploymentException("connection to [ws://localhost:404/statesync/ws] failed");
        assertThat(ConnectionTrouble.notOpened(error)).isSameAs(error);
    }
}
