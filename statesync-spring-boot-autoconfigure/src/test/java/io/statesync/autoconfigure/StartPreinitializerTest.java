package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class StartPreinitializerTest {

    private static final String WRONG = "statesync.topics.wrong.fetch-timeout";

    @AfterEach
    void clear() {
        System.clearProperty(WRONG);
    }

    @Test
    void springBootFindsIt() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(StartPreinitializer.class);
    }

    @Test
    void itDoesWhatTheStartDoesWithNothing() {
        assertThatCode(new StartPreinitializer()::preinitialize).doesNotThrowAnyException();
    }

    @Test
    void aWrongSettingIsLeftToTheStartItself() {
        System.setProperty(WRONG, "soon");

        assertThatCode(new StartPreinitializer()::preinitialize).doesNotThrowAnyException();
    }
}
