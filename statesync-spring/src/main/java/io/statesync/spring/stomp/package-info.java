/**
 * Invalidations over STOMP and WebSocket.
 *
 * <ul>
 *   <li>{@link io.statesync.spring.stomp.StompServer} is a source's endpoint, with a broker of its own.
 *   <li>{@link io.statesync.spring.stomp.StompServerSettings} says how it serves; {@link
 *       io.statesync.spring.stomp.StompMessageRule} is a rule of the application about what clients send.
 *   <li>{@link io.statesync.spring.stomp.StompExposure} forwards what this instance issues and hears to its clients.
 *   <li>{@link io.statesync.spring.stomp.StompTransport} is a replica's side: one connection for all topics of a source;
 *       {@link io.statesync.spring.stomp.StompTransportBuilder} describes it.
 *   <li>{@link io.statesync.spring.stomp.StompHandshakeCustomizer} adds credentials.
 *   <li>{@link io.statesync.spring.stomp.StompConnectionState} and {@link
 *       io.statesync.spring.stomp.StompConnectionListener} tell how its connection is.
 *   <li>{@link io.statesync.spring.stomp.StompRefusalException} is what a topic fails with that the source refuses.
 * </ul>
 */
@NullMarked
package io.statesync.spring.stomp;

import org.jspecify.annotations.NullMarked;
