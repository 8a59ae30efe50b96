package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.docs.Block;
import io.statesync.spring.docs.Curl;
import io.statesync.spring.docs.Documents;
import io.statesync.spring.docs.ShellBlock;
import io.statesync.spring.docs.ShellBlock.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The curl commands of the pages, sent to a source (port 8080 there) and a replica of it (8081 and 8082). */
class DocCommandsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext source;
    private static ConfigurableApplicationContext replica;
    private static Curl curl;

    @BeforeAll
    static void start() {
        source = run("--sample.data-dir=" + data);
        int port = port(source);
        replica = run("--spring.profiles.active=replica", "--sample.source-url=http://localhost:" + port);
        curl = new Curl(Map.of(8080, port, 8081, port(replica), 8082, port(replica)));
    }

    @AfterAll
    static void stop() {
        replica.close();
        source.close();
    }

    @TestFactory
    Stream<DynamicTest> whatThePagesSendIsAnsweredAsTheyShow() {
        return Documents.blocks("sh", "console").stream()
                .filter(block -> block.shownBy().isEmpty())
                .filter(block -> block.text().contains("curl "))
                .map(block -> DynamicTest.dynamicTest(
                        block.place(), () -> assertThat(differences(block)).isEmpty()));
    }

    @Test
    void plantedMistakesAreFound() {
        assertThat(curl.run(new Command("curl http://localhost:8080/api/nothing", List.of())))
                .isNotEmpty();
        assertThat(curl.run(new Command("curl -i http://localhost:8080/actuator/health", List.of("HTTP/1.1 201"))))
                .isNotEmpty();
        assertThat(curl.run(new Command("curl http://localhost:8080/actuator/health", List.of("{}"))))
                .isNotEmpty();
        assertThat(curl.run(new Command("curl --unheard-of http://localhost:8080/", List.of())))
                .isNotEmpty();
    }

    private static List<String> differences(Block block) {
        List<String> differences = new ArrayList<>();
        for (Command command : ShellBlock.of(block).commands()) {
            if (command.line().startsWith("curl ")) {
                // what a source has just changed a replica reads a moment later
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(curl.run(command)).as(command.line()).isEmpty());
            }
        }
        return differences;
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        all.add("--server.address=localhost");
        all.add("--spring.main.banner-mode=off");
        all.add("--management.endpoints.web.exposure.include=health,metrics,statesync");
        return new SpringApplicationBuilder(SampleApplication.class).run(all.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext context) {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }
}
