/**
 * Kafka as a transport of invalidations: one Kafka topic for all topics, and for each instance a consumer of its own.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.kafka.KafkaTransport} (described by its {@link
 *       io.statesync.spring.kafka.KafkaTransportBuilder}) hears what is announced from the moment it begins.
 *   <li>{@link io.statesync.spring.kafka.KafkaPublisher} announces, after the commit or in Kafka's transaction.
 *   <li>{@link io.statesync.spring.kafka.KafkaChannel} says which Kafka topic, and how it is created.
 * </ul>
 */
@NullMarked
package io.statesync.spring.kafka;

import org.jspecify.annotations.NullMarked;
