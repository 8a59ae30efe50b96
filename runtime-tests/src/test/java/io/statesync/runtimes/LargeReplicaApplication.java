package io.statesync.runtimes;

import io.statesync.Revision;
import io.statesync.SnapshotApplier;
import io.statesync.SnapshotEnvelope;
import io.statesync.persistence.PersistenceListener;
import io.statesync.spring.SyncedTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A replica of one large value, which says what it applies, saves and restores, until its standard input ends. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class LargeReplicaApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(LargeReplicaApplication.class, arguments);
    }

    @Bean
    @SyncedTopic("large")
    Copy large() {
        return new Copy();
    }

    @Bean
    PersistenceListener printing() {
        return new PersistenceListener() {
            @Override
            public void saved(String topic, Revision revision, long bytes, Duration duration) {
                System.out.println("saved " + revision + " " + bytes + " bytes in " + duration.toMillis() + " ms");
            }

            @Override
            public void loaded(String topic, Revision revision, long bytes, Instant savedAt) {
                System.out.println("loaded " + revision + " " + bytes + " bytes");
            }
        };
    }

    @Bean
    CommandLineRunner ready() {
        return arguments -> System.out.println("ready");
    }

    /** Holds the newest value and no other. */
    static final class Copy implements SnapshotApplier<List<String>> {

        private volatile List<String> held = List.of();

        @Override
        public void apply(SnapshotEnvelope<List<String>> snapshot) {
            held = snapshot.data();
            System.out.println("copy " + snapshot.revision() + " " + held.size() + " strings, the last "
                    + held.get(held.size() - 1).substring(0, 20));
        }
    }
}
