package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.spring.jdbc.PostgresServer;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The profile {@code postgres}. */
@ExtendWith(OutputCaptureExtension.class)
class PostgresProfileIT extends SharedTruthContract {

    private PostgresServer postgres;

    PostgresProfileIT() {
        super("postgres");
    }

    @Override
    void startServer() throws IOException {
        postgres = new PostgresServer();
    }

    @Override
    void stopServer() throws IOException {
        postgres.close();
    }

    @Override
    String server() {
        return "--spring.datasource.url=" + postgres.url();
    }

    @Test
    void withoutPostgresAnInstanceSaysWhatIsMissing(CapturedOutput output) {
        assertThatThrownBy(() -> new Instance("postgres", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none"))
                .hasRootCauseInstanceOf(ConnectException.class);

        assertThat(output)
                .contains("The database with the feature flags does not answer: ", "127.0.0.1:1 refused")
                .contains("Start it, or say where it is with spring.datasource.url");
    }
}
