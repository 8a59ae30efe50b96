package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Both applications processed ahead of time; nothing of the generated code is on any other test's class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AotIT {

    private static final List<String> AOT = List.of("-Dspring.aot.enabled=true");

    private ClassPath generated;

    @BeforeAll
    void process(@TempDir Path folder) throws IOException {
        ClassPath tomcat = ClassPath.withTomcat();
        Path source =
                new AheadOfTime(tomcat, folder.resolve("source")).process(SourceApplication.class, Applications.SOURCE);
        Path replica = new AheadOfTime(tomcat, folder.resolve("replica"))
                .process(ReplicaApplication.class, Applications.replicaArguments("http://localhost:1"));
        generated = tomcat.and(source).and(replica);
    }

    @Nested
    class AheadOfTimeTest extends Processed {
        @Override
        Applications applications() {
            return new Applications(generated, AOT, List.of());
        }
    }

    @Nested
    class LazyTest extends Processed {
        @Override
        Applications applications() {
            return new Applications(generated, AOT, List.of("--spring.main.lazy-initialization=true"));
        }
    }

    abstract static class Processed extends SourceAndReplicaContract {
        @Test
        void theGeneratedCodeIsUsed() {
            assertThat(source().awaitLine("server ")).isEqualTo("TomcatWebServer");
            assertThat(source().output()).contains("Starting AOT-processed SourceApplication");
            replica().awaitLine("job ");
            assertThat(replica().output()).contains("Starting AOT-processed ReplicaApplication");
        }
    }
}
