package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.spring.SetupException;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that requires a topic whose source is away does not start, and prints why. */
@ExtendWith(OutputCaptureExtension.class)
class RequiredSourceIT {

    @Test
    void theAnalysisNamesTopicUrlReasonAndProperties(CapturedOutput output) throws IOException {
        String url = "http://127.0.0.1:" + portOfNobody();
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("statesync.sources.shop.urls=" + url, "statesync.defaults.startup-timeout=300ms");

        assertThatThrownBy(application::run).isInstanceOf(SetupException.class);

        String printed = output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START"));
        String description = printed.substring(0, printed.indexOf("Action:"));
        assertThat(description)
                .contains("Topic \"prices\" has no first snapshot from source \"shop\" [" + url + "]")
                .contains("after 300 ms", "connection");
        assertThat(printed.substring(description.length()))
                .contains("Start the source", "statesync.sources.shop.urls")
                .contains("statesync.topics.prices.startup", "\"background\"", "statesync.defaults.startup-timeout");
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        @SyncedTopic("prices")
        SyncedState<String> prices() {
            return SyncedState.create();
        }
    }
}
