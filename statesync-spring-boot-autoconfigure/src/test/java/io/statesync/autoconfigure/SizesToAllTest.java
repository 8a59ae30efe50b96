package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.spring.SnapshotSizes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizesToAllTest {

    @Test
    void whatOneObserverThrowsIsNobodysBusiness() {
        List<String> heard = new ArrayList<>();
        SnapshotSizes broken = (topic, bytes) -> {
            throw new IllegalStateException("full");
        };

        new SizesToAll(List.of(broken, (topic, bytes) -> heard.add(topic + " " + bytes))).measured("prices", 7);

        assertThat(heard).containsExactly("prices 7");
    }
}
