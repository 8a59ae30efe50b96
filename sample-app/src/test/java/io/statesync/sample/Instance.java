package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.sample.SampleClient.Answer;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample in a context of its own, with its profiles, on a port of its own. */
final class Instance implements AutoCloseable {

    private static final String FLAGS = "/api/feature-flags";

    private final ConfigurableApplicationContext context;
    private final String url;
    private final SampleClient client;

    /** Starts it. Nobody asks for revisions meanwhile: what arrives was announced. */
    Instance(String profiles, String... arguments) {
        String[] own = {
            "--spring.profiles.active=" + profiles,
            "--server.port=0",
            "--server.address=localhost",
            "--statesync.sources.sample.probe-interval=1h",
            "--statesync.sources.sample.heartbeat=1s"
        };
        this.context = new SpringApplicationBuilder(SampleApplication.class)
                .run(Stream.of(own, arguments).flatMap(Stream::of).toArray(String[]::new));
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        this.url = "http://localhost:" + port;
        this.client = new SampleClient(url);
    }

    String url() {
        return url;
    }

    Answer get(String path) {
        return client.get(path);
    }

    Answer send(String method, String path, String body) {
        return client.send(method, path, body);
    }

    Answer flags() {
        return client.get(FLAGS);
    }

    Revision put(String name, boolean enabled) {
        Answer answer = client.send("PUT", FLAGS + "/" + name, "{\"enabled\":" + enabled + "}");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.revision();
    }

    Revision delete(String name) {
        Answer answer = client.send("DELETE", FLAGS + "/" + name, "");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.revision();
    }

    boolean isLive() {
        return flags().text("/state").equals("LIVE");
    }

    @Override
    public void close() {
        context.close();
    }
}
