package io.statesync.autoconfigure;

import io.statesync.spring.SnapshotSizes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody how large a snapshot is; what one of them throws fails no fetch, no answer and no other (E7). */
record SizesToAll(List<SnapshotSizes> all) implements SnapshotSizes {

    private static final Logger log = LoggerFactory.getLogger(SnapshotSizes.class);

    @Override
    public void measured(String topic, long bytes) {
        for (SnapshotSizes sizes : all) {
            try {
                sizes.measured(topic, bytes);
            } catch (RuntimeException | Error thrown) {
                log.debug("An observer of sizes failed for topic {}", topic, thrown);
            }
        }
    }
}
