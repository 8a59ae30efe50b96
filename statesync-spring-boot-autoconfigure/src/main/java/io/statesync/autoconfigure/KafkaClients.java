package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * How the application reaches Kafka; StateSync's own clients take it from there.
 *
 * @param templates the one, if there is one, whose transactions announcements can be part of
 */
record KafkaClients(
        ObjectProvider<ConsumerFactory<?, ?>> consumers,
        ObjectProvider<ProducerFactory<?, ?>> producers,
        ObjectProvider<KafkaTemplate<?, ?>> templates) {

    /** @throws SetupException if nothing says it, or several do; the message names the property */
    Map<String, Object> ofConsumers(String property) {
        return the(property, "ConsumerFactory", consumers).getConfigurationProperties();
    }

    /** @throws SetupException if nothing says it, or several do; the message names the property */
    Map<String, Object> ofProducers(String property) {
        return the(property, "ProducerFactory", producers).getConfigurationProperties();
    }

    @Nullable
    KafkaTemplate<?, ?> template() {
        return templates.getIfUnique();
    }

    private static <F> F the(String property, String type, ObjectProvider<F> factories) {
        F found = factories.getIfUnique();
        if (found != null) {
            return found;
        }
        boolean several = factories.stream().findAny().isPresent();
        throw new SetupException(
                property + " needs to know how Kafka is reached, but there "
                        + (several ? "are several " + type + " beans." : "is no " + type + " bean."),
                several
                        ? "Mark one of them with @Primary."
                        : "Add spring-boot-starter-kafka and set spring.kafka.bootstrap-servers, or define a " + type
                                + " bean.");
    }
}
