package io.statesync.autoconfigure.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.autoconfigure.StateSyncAutoConfiguration;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.state.EnvironmentApplier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** A topic among the property sources of a whole application: below what an operator says, above the file. */
class PropertyOrderTest {

    @TempDir
    private Path folder;

    @Test
    void theOperatorWinsThenTheTopicThenTheFile() throws Exception {
        Files.writeString(
                folder.resolve("application.yml"), "order: { line: file, system: file, topic: file, file: file }\n");
        System.setProperty("order.system", "system");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run("--order.line=line", "--spring.config.location=" + folder + "/")) {
            Order order = context.getBean(Order.class);

            await().until(() -> order.values().contains("topic"));
            assertThat(order.values()).containsExactly("line", "system", "topic", "file");
        } finally {
            System.clearProperty("order.system");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({StateSyncAutoConfiguration.class, StateSyncEnvironmentAutoConfiguration.class})
    @EnableConfigurationProperties(Order.class)
    static class Application {

        @TopicSource("settings")
        Map<String, Object> settings() {
            return Map.of("line", "topic", "system", "topic", "topic", "topic");
        }

        @Bean
        @SyncedTopic("settings")
        EnvironmentApplier<Map<String, Object>> settings(ConfigurableEnvironment environment) {
            return EnvironmentApplier.into(environment, "settings")
                    .under("order")
                    .build();
        }
    }

    @ConfigurationProperties("order")
    static class Order {
        private String line;
        private String system;
        private String topic;
        private String file;

        List<String> values() {
            return List.of(line, system, topic, file);
        }

        public void setLine(String line) {
            this.line = line;
        }

        public void setSystem(String system) {
            this.system = system;
        }

        public void setTopic(String topic) {
            this.topic = topic;
        }

        public void setFile(String file) {
            this.file = file;
        }
    }
}
