package io.statesync.spring.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The one Kafka topic that carries the invalidations of all topics; applications that share a cluster and are not to hear
 * each other have one each.
 *
 * @param name its name
 * @param create whether it is created where it is missing: compacted, and keyed by the topic that an event names
 * @param partitions how many partitions it is created with
 * @param replicas on how many brokers each of them is created; {@link #BROKERS_DEFAULT} leaves it to the brokers
 */
public record KafkaChannel(String name, boolean create, int partitions, short replicas) {

    /** The number of replicas that the brokers are configured with. */
    public static final short BROKERS_DEFAULT = -1;

    /* before the default, which is checked by it */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /** The channel where none is named. */
    public static final KafkaChannel DEFAULT = new KafkaChannel("statesync.invalidations", true, 1, BROKERS_DEFAULT);

    public KafkaChannel {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is no name of a Kafka topic: it has 1 to 249 letters, digits, dots, underscores and hyphens");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("a Kafka topic has at least 1 partition, not " + partitions);
        }
        if (replicas < 1 && replicas != BROKERS_DEFAULT) {
            throw new IllegalArgumentException(
                    "a Kafka topic has at least 1 replica, or -1 for what the brokers are configured with, not "
                            + replicas);
        }
    }

    /** Another name, and the rest the same. */
    public KafkaChannel named(String newName) {
        return new KafkaChannel(newName, create, partitions, replicas);
    }

    /** As it is created. */
    NewTopic description() {
        Optional<Short> given = replicas == BROKERS_DEFAULT ? Optional.empty() : Optional.of(replicas);
        return new NewTopic(name, Optional.of(partitions), given)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }
}
