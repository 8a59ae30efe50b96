/**
 * A source of truth and its replicas in one application. What a user of StateSync writes is marked with a star; the rest
 * would be there without StateSync, too.
 *
 * <ul>
 *   <li>{@link io.statesync.sample.SampleApplication} starts it; {@code SampleProperties} are its own settings, {@code Topics}
 *       the names of its topics.
 *   <li>{@code FeatureFlags} is the truth about edited data. {@code FileFlags} (*) has it alone and knows its revision;
 *       {@code RedisFlags} (*) and {@code DatabaseFlags} (*) share it with other instances. {@code Flag}, {@code FlagName} and
 *       {@code FlagFile} are what it holds and where.
 *   <li>{@code Currencies} (*) is the usual source, whose revisions StateSync counts. {@code CurrencyTable} reads the
 *       {@code CurrencyEntry} of each currency.
 *   <li>{@code SourceController} answers with {@code Issued} to writes, {@code TruthController} with a {@code TopicView} to reads.
 *       {@code BurstController} edits many times at once.
 *   <li>{@code ReplicaConfiguration} (*) declares the containers of a replica; {@code CopyController} (*) reads them, and
 *       {@code ReplicaController} sends writers to the source.
 *   <li>{@code Stock} (*) is a truth that replicas edit: it writes each of their transactions once. {@code StockItem} is what it
 *       holds, {@code StockDatabase} (*) where, {@code StockBackend} how well it behaves, {@code StockSourceController} its
 *       interface.
 *   <li>{@code StockConfiguration} (*) and {@code StockPersister} (*) are that truth at a replica: a collection that is edited at
 *       once and sent later. {@code StockController} (*) edits it; {@code StockView} and {@code StockTransactions} (*) say what
 *       became of the edits.
 *   <li>{@code Companion} is a replica beside its source; {@code KnownReplicas}, {@code ReplicaAddress} and {@code PageOrigins} let
 *       the page show several.
 * </ul>
 */
@NullMarked
package io.statesync.sample;

import org.jspecify.annotations.NullMarked;
