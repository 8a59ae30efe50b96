/**
 * StateSync in a Spring application: its topics, their life, and publishing after the commit.
 *
 * <p>What an application writes:
 *
 * <ul>
 *   <li>{@link io.statesync.spring.SyncedTopic} marks what takes a topic's snapshots, and where its sync is injected.
 *   <li>{@link io.statesync.spring.TopicSource} marks the method that returns a topic's state.
 *   <li>{@link io.statesync.spring.InvalidatesTopic} marks a method that changes it.
 *   <li>{@link io.statesync.spring.RevisionSyncFactory} opens topics that are known only at run time.
 *   <li>{@link io.statesync.spring.RevisionSyncCustomizer} sets what no property sets.
 * </ul>
 *
 * <p>What it is made of, in the order in which it happens:
 *
 * <ul>
 *   <li>{@link io.statesync.spring.SyncSettings}, of {@link io.statesync.spring.TopicSettings} (with {@link
 *       io.statesync.spring.Startup}) and {@link io.statesync.spring.SourceSettings} (with {@link
 *       io.statesync.spring.ConnectionSettings}), is what the configuration says.
 *   <li>{@link io.statesync.spring.TopicRegistrar} puts annotations and settings together and defines a bean per replica;
 *       {@link io.statesync.spring.SetupException} says what does not fit.
 *   <li>An {@link io.statesync.spring.ApplierKind} adds a kind of bean that keeps a topic; {@link
 *       io.statesync.spring.BoundMethod} and {@link io.statesync.spring.Signatures} are how annotated methods are called
 *       and refused.
 *   <li>{@link io.statesync.spring.TopicSources} labels and reads the topics whose truth is here; {@link
 *       io.statesync.spring.ExposedTopics} finds an {@link io.statesync.spring.ExposedTopic} for a server, {@link
 *       io.statesync.spring.TopicAccess} says who may read it.
 *   <li>{@link io.statesync.spring.SyncSources} opens the sources elsewhere by an {@link io.statesync.spring.EventDriver}
 *       and a {@link io.statesync.spring.SnapshotDriver}, which makes a {@link io.statesync.spring.SnapshotSource}; a
 *       {@link io.statesync.spring.SourceLog} says how that goes.
 *   <li>{@link io.statesync.spring.SnapshotSizes} hears how large the snapshots are that are read and served.
 *   <li>{@link io.statesync.spring.Replicas} builds an engine for each {@link io.statesync.spring.Replica}, with what
 *       {@link io.statesync.spring.TopicBeans} say of it, and tells each {@link io.statesync.spring.TopicMemory}.
 *   <li>{@link io.statesync.spring.SyncLifecycle} starts and stops them; {@link io.statesync.spring.LoggingSyncListener}
 *       tells the operator.
 *   <li>{@link io.statesync.spring.CounterDriver} and {@link io.statesync.spring.AnnouncementDriver} add what counts and
 *       what announces elsewhere; {@link io.statesync.spring.Drivers} finds the one that a property names.
 *   <li>{@link io.statesync.spring.TransactionalRevisionCounter} and {@link
 *       io.statesync.spring.TransactionalInvalidationPublisher} do so inside the transaction of the change.
 *   <li>{@link io.statesync.spring.Announcer} announces; {@link io.statesync.spring.AfterCommitPublisher} waits for the
 *       commit; {@link io.statesync.spring.InvalidatesTopicPostProcessor} does so for annotated methods; a {@link
 *       io.statesync.spring.ChangeObserver} lets them belong to a trace.
 *   <li>{@link io.statesync.spring.OtherInstances} hears what other instances of this application announce.
 * </ul>
 */
@NullMarked
package io.statesync.spring;

import org.jspecify.annotations.NullMarked;
