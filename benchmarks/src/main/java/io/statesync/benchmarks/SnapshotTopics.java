package io.statesync.benchmarks;

import bench.spi.Data;
import io.statesync.spring.TopicSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * B4: the topics {@code 10k} and {@code 1m} of whatever application finds this on its class path and has {@code
 * bench.snapshot-topics}. They have to be exposed by that application's settings.
 */
@AutoConfiguration
@ConditionalOnProperty("bench.snapshot-topics")
public final class SnapshotTopics {

    @Bean
    Topics benchSnapshotTopics() {
        return new Topics();
    }

    /** Counts how often each is read. */
    static class Topics {

        private final Data.Snapshot small = Data.make("10k");
        private final Data.Snapshot large = Data.make("1m");
        final AtomicInteger readSmall = new AtomicInteger();
        final AtomicInteger readLarge = new AtomicInteger();

        @TopicSource("10k")
        Data.Snapshot small() {
            readSmall.incrementAndGet();
            return small;
        }

        @TopicSource("1m")
        Data.Snapshot large() {
            readLarge.incrementAndGet();
            return large;
        }
    }
}
