package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.docs.Curl;
import io.statesync.spring.docs.Document;
import io.statesync.spring.docs.Documents;
import io.statesync.spring.docs.ShellBlock;
import io.statesync.spring.docs.ShellBlock.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/quickstart.md}, done: its files in an empty folder, compiled and started against what was just built. Not with
 * Maven: the class path is what the page's pom names.
 */
class QuickstartIT {

    private static final Pattern FILE =
            Pattern.compile("^\\*\\*`([^`]+)`\\*\\*\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>.*?<artifactId>([^<]+)<", Pattern.DOTALL);
    private static final String JAR = "java -jar target/shop-0.0.1-SNAPSHOT.jar";

    /** A replica's start, on a machine that has other work. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Document page = Documents.named("docs/quickstart.md");
    private final int sourcePort = freePort();
    private final int replicaPort = freePort();

    @TempDir
    private Path project;

    @Test
    void whatThePageSaysEndsWithAGreenHealthPage() throws IOException {
        writeFiles();
        String pom = Files.readString(project.resolve("pom.xml"));
        assertThat(DEPENDENCY.matcher(pom).results().map(it -> it.group(1)))
                .containsExactlyInAnyOrder("spring-boot-starter-actuator", "statesync-spring-boot-starter");
        assertThat(pom).contains("<version>" + bootVersion() + "</version>", "<artifactId>shop</artifactId>");
        ClassPath classPath = ClassPath.withActuator().and(compile());

        List<String> starts = commands("sh")
                .map(Command::line)
                .filter(line -> line.startsWith(JAR))
                .toList();
        assertThat(starts).hasSize(2);
        try (ChildJvm source = start(classPath, starts.get(0), sourcePort)) {
            source.awaitLine("Started ShopApplication");
            readAndChange(classPath, starts.get(1));
        }
    }

    private void readAndChange(ClassPath classPath, String start) {
        try (ChildJvm replica = start(classPath, start, replicaPort)) {
            Curl curl = new Curl(Map.of(8080, sourcePort, 8081, replicaPort));
            assertThat(commands("console"))
                    .hasSize(5)
                    .allSatisfy(command -> await().ignoreExceptions()
                            .atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(curl.run(command))
                                    .as("%s, of a replica that says %s", command.line(), replica.output())
                                    .isEmpty()));
        }
    }

    private Stream<Command> commands(String language) {
        return page.blocks(language).stream().flatMap(block -> ShellBlock.of(block).commands().stream());
    }

    private void writeFiles() throws IOException {
        Matcher file = FILE.matcher(page.text());
        while (file.find()) {
            Path target = project.resolve(file.group(1));
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.group(2));
        }
    }

    /* Into a folder as Maven makes it, for ClassPath wants the name of a module above it. */
    private Path compile() throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<String> arguments = new ArrayList<>(List.of("-parameters", "-proc:none", "-d", classes.toString()));
        arguments.addAll(List.of(
                "--release", "17", "-classpath", ClassPath.withActuator().toString()));
        try (Stream<Path> sources = Files.walk(project.resolve("src/main/java"))) {
            sources.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        try (Stream<Path> resources = Files.list(project.resolve("src/main/resources"))) {
            for (Path resource : resources.toList()) {
                Files.copy(resource, classes.resolve(resource.getFileName()));
            }
        }
        return classes;
    }

    /* The arguments of the page, and ports that are free here. */
    private ChildJvm start(ClassPath classPath, String command, int port) {
        List<String> arguments = new ArrayList<>(ShellBlock.words(command.substring(JAR.length())));
        arguments.removeIf(argument -> argument.startsWith("--server.port="));
        arguments.add("--server.port=" + port);
        arguments.add("--logging.pattern.console=%m%n");
        if (port == replicaPort) {
            arguments.add("--statesync.sources.shop.urls=http://localhost:" + sourcePort);
        }
        return ChildJvm.start(classPath, List.of(), "com.example.shop.ShopApplication", arguments);
    }

    private static String bootVersion() throws IOException {
        Matcher version =
                Pattern.compile("<spring-boot.version>([^<]+)<").matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    /* Below those that systems give to outgoing connections. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: try another one
            }
        }
    }
}
