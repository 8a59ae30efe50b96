package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/** Without a profile for a server the drivers on the class path do nothing. */
@ExtendWith(OutputCaptureExtension.class)
class AloneIT {

    @Test
    void nothingThatCouldConnectIsThereAndNothingIsSaid(@TempDir Path data, CapturedOutput output) {
        try (ConfigurableApplicationContext alone = new SpringApplicationBuilder(SampleApplication.class)
                .run("--server.port=0", "--server.address=localhost", "--sample.data-dir=" + data)) {
            assertThat(alone.getBeanNamesForType(DataSource.class)).containsExactly("stockDataSource");
            assertThat(alone.getBeanNamesForType(RedisConnectionFactory.class)).isEmpty();
            assertThat(alone.getBeanNamesForType(ProducerFactory.class)).isEmpty();
            assertThat(alone.getBeanNamesForType(KafkaAdmin.class)).isEmpty();
        }
        assertThat(output).contains("Started ").doesNotContain(" WARN ", " ERROR ");
    }
}
