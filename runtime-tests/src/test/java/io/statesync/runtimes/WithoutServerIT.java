package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A replica without a web server: a batch job ends by itself, a service is kept alive by a property. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithoutServerIT {

    private static final ClassPath CLASS_PATH = ClassPath.withoutServer();

    private ChildJvm source;

    @BeforeAll
    void start() {
        source = Applications.on(ClassPath.withTomcat()).source();
    }

    @AfterAll
    void end() {
        source.close();
    }

    @Test
    void thereIsNoServerOnTheClassPath() {
        assertThat(CLASS_PATH.names())
                .contains("tyrus-standalone-client", "spring-web")
                .noneMatch(name -> name.contains("servlet") || name.contains("tomcat") || name.contains("jetty"))
                .doesNotContain("spring-webmvc", "spring-boot-web-server", "spring-boot-websocket");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void aBatchJobReadsItsSnapshotAndEndsByItself(String client, ClassPath classPath) {
        String[] properties = {
            "--spring.main.web-application-type=none",
            // with Jetty on the class path RestClient would use that, whose threads keep a process alive
            "--spring.http.clients.imperative.factory=jdk"
        };
        try (ChildJvm job = Applications.on(classPath, properties).replicaOf(source)) {
            assertThat(job.awaitExit()).isZero();
            assertThat(job.awaitLine("job ")).contains("tea=1EUR/1");
            assertThat(job.output()).doesNotContain(" WARN ", " ERROR ");
        }
    }

    private static Stream<Arguments> clients() {
        return Stream.of(
                arguments("Tyrus", CLASS_PATH),
                arguments("Tomcat's client", ClassPath.withTomcat()),
                arguments("Jetty's client", ClassPath.withJetty()));
    }

    @Test
    void aServiceThatIsKeptAliveHearsChanges() {
        try (ChildJvm service =
                Applications.on(CLASS_PATH, "--spring.main.keep-alive=true").replicaOf(source)) {
            service.awaitLine("job ");
            source.tell("milk 2");
            service.awaitLine("copy milk=2EUR/1");
            assertThat(service.isAlive()).isTrue();
            service.terminate();
            assertThat(service.awaitExit()).isEqualTo(128 + 15);
            assertThat(service.output()).doesNotContain(" WARN ", " ERROR ");
        }
    }
}
