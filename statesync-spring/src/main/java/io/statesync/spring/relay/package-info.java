/**
 * Invalidations over a message broker that speaks STOMP, so that several instances share what they announce.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.relay.RelayBroker} says where the broker is.
 *   <li>{@link io.statesync.spring.relay.RelayTransport} hears all topics over one connection; {@link
 *       io.statesync.spring.relay.RelayTransportBuilder} describes it.
 *   <li>{@link io.statesync.spring.relay.RelayPublisher} announces.
 * </ul>
 */
@NullMarked
package io.statesync.spring.relay;

import org.jspecify.annotations.NullMarked;
