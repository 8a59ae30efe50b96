package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.spring.kafka.KafkaServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The profile {@code kafka}. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaProfileIT extends SharedTruthContract {

    private KafkaServer kafka;

    KafkaProfileIT() {
        super("kafka");
    }

    @Override
    void startServer() throws IOException {
        kafka = new KafkaServer();
    }

    @Override
    void stopServer() throws IOException {
        kafka.close();
    }

    @Override
    String server() {
        return "--spring.kafka.bootstrap-servers=127.0.0.1:" + kafka.port();
    }

    @Test
    void anInstanceThatIsStartedBeforeItsBrokerSaysSoAndEditsArriveWhenItIsThere(CapturedOutput output)
            throws IOException {
        kafka.kill();
        try (Instance early = instance("kafka")) {
            eventually()
                    .untilAsserted(() -> assertThat(
                                    early.get("/actuator/health").body().toString())
                            .contains("Kafka has not answered for PT1S"));
            assertThat(output)
                    .contains("Source \"sample\": no connection for invalidations, tried again until there is one");
            Revision edit = early.put("early", true);
            eventually().until(() -> early.flags().text("/revision").equals(edit.toString()));

            kafka.start();

            eventually()
                    .until(() -> early.isLive()
                            && other.flags().revision().equals(edit)
                            && replica.flags().revision().equals(edit));
        }
    }
}
