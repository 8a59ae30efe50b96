/**
 * A source of truth and its replicas in one application. What a user of StateSync writes is marked with a star; the rest
 * would be there without StateSync, too.
 *
 * <ul>
 *   <li>{@link io.statesync.sample.SampleApplication} starts it; {@code SampleProperties} are its own settings, {@code Topics}
 *       the names of its topics.
 *   <li>{@code FeatureFlags} (*) is the source of edited data: it knows its revision. {@code Flag}, {@code FlagName} and
 *       {@code FlagFile} are what it holds and where.
 *   <li>{@code Currencies} (*) is the usual source, whose revisions StateSync counts. {@code CurrencyTable} reads the
 *       {@code CurrencyEntry} of each currency.
 *   <li>{@code SourceController} answers with a {@code TopicView} to reads and with {@code Issued} to writes.
 *   <li>{@code ReplicaConfiguration} (*) declares the containers of a replica; {@code ReplicaController} (*) reads them.
 * </ul>
 */
@NullMarked
package io.statesync.sample;

import org.jspecify.annotations.NullMarked;
