package io.statesync.spring.kafka;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sees to it that the channel is there, before the brokers create one that is not compacted by themselves. */
record ChannelAdmin(Clients clients, KafkaChannel channel) {

    /**
     * Creates the channel if it is missing. Blocks.
     *
     * @throws IllegalStateException if it is missing and is not to be created
     * @throws KafkaException if the brokers do not answer, or refuse
     */
    void ensure() {
        try (Admin admin = clients.admin()) {
            if (isThere(admin)) {
                return;
            }
            if (!channel.create()) {
                throw new IllegalStateException("Kafka has no topic \"" + channel.name()
                        + "\": create it with cleanup.policy=compact, or set statesync.kafka.create-topic=true");
            }
            create(admin);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean isThere(Admin admin) throws InterruptedException {
        try {
            admin.describeTopics(List.of(channel.name())).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failed("look for", e);
        }
    }

    private void create(Admin admin) throws InterruptedException {
        try {
            admin.createTopics(List.of(channel.description())).all().get();
        } catch (ExecutionException e) {
            // another instance may have been faster
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed("create", e);
            }
        }
    }

    private KafkaException failed(String task, ExecutionException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new KafkaException(
                "cannot " + task + " the Kafka topic \"" + channel.name() + "\": " + cause.getMessage(), cause);
    }
}
