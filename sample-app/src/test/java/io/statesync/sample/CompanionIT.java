package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The replica that a source starts beside itself. */
@ExtendWith(OutputCaptureExtension.class)
class CompanionIT {

    private static final String COMPANION = "/0/url";

    @TempDir
    private Path data;

    @Test
    void oneProcessIsASourceAndAReplicaWhichThePageMayAsk(CapturedOutput output) throws Exception {
        String url;
        try (ConfigurableApplicationContext source = source("0")) {
            Companion.startBeside(source);

            SampleClient atSource = new SampleClient(url(source));
            url = atSource.get("/api/replicas").text(COMPANION);
            assertThat(atSource.get("/api/replicas").text("/0/name"))
                    .isEqualTo("replica-" + URI.create(url).getPort());
            SampleClient replica = new SampleClient(url);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> replica.get("/api/stock").text("/state").equals("LIVE"));
            assertThat(replica.send("PUT", "/api/stock/figs", "{\"pieces\":9}").status())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> atSource.get("/api/stock")
                                    .body()
                                    .at("/data/figs/pieces")
                                    .asInt()
                            == 9);

            for (String path : new String[] {"/api/stock", "/actuator/statesync", "/actuator/health"}) {
                assertThat(askedBy(url(source), url + path)).isEqualTo(200);
                assertThat(askedBy("http://elsewhere.test", url + path)).isEqualTo(403);
            }
        }
        SampleClient gone = new SampleClient(url);
        assertThat(gone.sendAsync("GET", "/api/stock", "")
                        .handle((answer, error) -> error != null)
                        .join())
                .isTrue();
        assertThat(output).doesNotContain(" WARN ", " ERROR ");
    }

    @Test
    void whereItsPortIsTakenTheSourceSaysWhatToWriteAndGoesOn(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            String port = Integer.toString(other.getLocalPort());
            try (ConfigurableApplicationContext source = source(port)) {
                Companion.startBeside(source);

                SampleClient client = new SampleClient(url(source));
                assertThat(client.get("/api/replicas").body()).isEmpty();
                assertThat(client.get("/api/stock").status()).isEqualTo(200);
            }
            assertThat(output.getOut().lines().filter(line -> line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .contains("port " + port + " is taken", "--sample.companion.port=");
            assertThat(output).doesNotContain(" ERROR ");
        }
    }

    @Test
    void whoWantsNoneHasNone() {
        try (ConfigurableApplicationContext source = source("0", "--sample.companion.enabled=false")) {
            Companion.startBeside(source);

            assertThat(new SampleClient(url(source)).get("/api/replicas").body())
                    .isEmpty();
        }
    }

    private ConfigurableApplicationContext source(String companionPort, String... arguments) {
        String[] own = {
            "--server.port=0",
            "--server.address=localhost",
            "--sample.data-dir=" + data,
            "--sample.companion.port=" + companionPort
        };
        return SpringApplication.run(
                SampleApplication.class,
                Stream.of(own, arguments).flatMap(Stream::of).toArray(String[]::new));
    }

    /** The status of what a page of this origin asks for. */
    private static int askedBy(String origin, String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Origin", origin)
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(origin);
        }
        return answer.statusCode();
    }

    private static String url(ConfigurableApplicationContext context) {
        return "http://localhost:"
                + Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                        .getPort();
    }
}
