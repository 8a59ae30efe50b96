package io.statesync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnotatedTypesTest {

    private final AnnotatedTypes types = new AnnotatedTypes(Set.of(SyncedTopic.class));

    @Test
    void aMethodOfItsOwnOrOfWhatIsAboveItCounts() {
        assertThat(types.isCandidate(Own.class)).isTrue();
        assertThat(types.isCandidate(Below.class)).isTrue();
        assertThat(types.isCandidate(Implementing.class)).isTrue();
    }

    @Test
    void anAnnotationOnAnAnnotationCounts() {
        assertThat(types.isCandidate(Meta.class)).isTrue();
    }

    @Test
    void otherTypesDoNot() {
        assertThat(types.isCandidate(Other.class)).isFalse();
        assertThat(types.isCandidate(String.class)).isFalse();
    }

    static class Own {
        @SyncedTopic("a")
        void apply(String snapshot) {}
    }

    static class Below extends Own {}

    interface Declared {
        @SyncedTopic("a")
        void apply(String snapshot);
    }

    static class Implementing implements Declared {
        @Override
        public void apply(String snapshot) {}
    }

    @SyncedTopic("prices")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Prices {}

    static class Meta {
        @Prices
        void apply(String snapshot) {}
    }

    static class Other {
        @TopicSource("a")
        String source() {
            return "";
        }

        @Deprecated
        void old() {}
    }
}
