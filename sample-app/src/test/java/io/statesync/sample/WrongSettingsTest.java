package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What the sample says of settings that cannot be. */
class WrongSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8082", "/replica", ""})
    void aReplicaWithoutAHost(String url) {
        assertThatThrownBy(() -> ReplicaAddress.of(URI.create(url)))
                .hasMessageContaining("sample.replicas: \"" + url + "\"")
                .hasMessageContaining("http://localhost:8082");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortThatIsNone(int port) {
        assertThatThrownBy(() -> new SampleProperties.Companion(true, port))
                .hasMessage("sample.companion.port is " + port + ": write 0 to 65535.");
    }

    @Test
    void aSecondSourceInTheSameDirectory() {
        FailureAnalysis analysis = analyse("The file is locked: /data/stock.mv.db [2.4.240/7]");

        assertThat(analysis.getDescription()).contains("The file with the stock", "/data/stock.mv.db");
        assertThat(analysis.getAction()).contains("sample.data-dir");
    }

    @Test
    void aDatabaseThatIsAway() {
        FailureAnalysis analysis = analyse("Connection to localhost:5432 refused");

        assertThat(analysis.getDescription()).contains("feature flags", "localhost:5432");
        assertThat(analysis.getAction()).contains("spring.datasource.url");
    }

    private static FailureAnalysis analyse(String message) {
        return new DatabaseFailureAnalyzer()
                .analyze(new CannotGetJdbcConnectionException("no connection", new SQLException(message)));
    }
}
