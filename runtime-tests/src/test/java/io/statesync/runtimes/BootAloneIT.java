package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code spring-boot-starter} and application events: one process, no web, no JSON. */
class BootAloneIT {

    private static final ClassPath CLASS_PATH = ClassPath.withBootAlone();

    @Test
    void thereIsNeitherWebNorWebSocketNorJsonOnTheClassPath() {
        assertThat(CLASS_PATH.names())
                .contains("spring-boot", "statesync-spring-boot-autoconfigure")
                .noneMatch(name -> name.contains("web") || name.contains("jackson") || name.contains("messaging"));
    }

    /* Nothing but daemon threads keeps this application: Boot has a property for that. */
    @Test
    void aChangeReachesTheCopy() {
        try (ChildJvm application = Applications.on(CLASS_PATH)
                .start(OneProcessApplication.class, List.of("--spring.main.keep-alive=true"))) {
            application.awaitLine("copy tea=1EUR/1 on a platform thread");
            application.tell("milk 2");
            application.awaitLine("copy milk=2EUR/1 tea=1EUR/1");
            application.tellNoMore();
            assertThat(application.awaitExit()).isZero();
            assertThat(application.output()).doesNotContain(" WARN ", " ERROR ");
        }
    }
}
