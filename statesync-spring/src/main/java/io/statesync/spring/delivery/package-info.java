/**
 * What transports have in common: from a connection's thread to the handlers, so that none of them holds up another.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.delivery.ChannelTransport} is the receiving half of a transport that has one channel for
 *       all topics.
 *   <li>{@link io.statesync.spring.delivery.ChannelSubscriptions} keeps its topics.
 *   <li>{@link io.statesync.spring.delivery.ChannelKeeper} keeps its {@link io.statesync.spring.delivery.Channel} open.
 *   <li>{@link io.statesync.spring.delivery.Reconnects} is what follows when it is lost.
 *   <li>{@link io.statesync.spring.delivery.Mailbox} hands each {@link io.statesync.spring.delivery.Letter} to one handler,
 *       in order.
 *   <li>{@link io.statesync.spring.delivery.TransportThreads} is where that runs.
 * </ul>
 */
@NullMarked
package io.statesync.spring.delivery;

import org.jspecify.annotations.NullMarked;
