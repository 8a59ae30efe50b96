package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class BurstControllerTest {

    private final Recorded flags = new Recorded();
    private final MockMvcTester mvc = MockMvcTester.of(new BurstController(flags));

    @Test
    void eachEditIsOneOfItsOwnAndTheAnswerHasTheLastRevision() {
        assertThat(burst("{\"edits\":4}")).hasStatusOk().bodyText().isEqualTo("{\"edits\":4,\"revision\":\"4\"}");

        assertThat(flags.edits).containsExactly("burst=true", "burst=false", "burst=true", "burst=false");
    }

    @Test
    void aThousandAreAThousand() {
        assertThat(burst("{\"edits\":1000}")).hasStatusOk();

        assertThat(flags.edits).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"edits\":0}", "{\"edits\":-1}", "{\"edits\":10001}", "{}", "{\"edits\":null}", "4", ""})
    void whatIsNoBurstIsRefusedAndChangesNothing(String body) {
        assertThat(burst(body)).hasStatus(HttpStatus.BAD_REQUEST).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);

        assertThat(flags.edits).isEmpty();
    }

    private MvcTestResult burst(String body) {
        return mvc.post()
                .uri("/api/feature-flags/burst")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static final class Recorded implements FeatureFlags {

        private final List<String> edits = new ArrayList<>();

        @Override
        public Revision put(FlagName name, Flag flag) {
            edits.add(name.value() + "=" + flag.enabled());
            return Revision.parse(String.valueOf(edits.size()));
        }

        @Override
        public Revision delete(FlagName name) {
            throw new UnsupportedOperationException(name.value());
        }
    }
}
