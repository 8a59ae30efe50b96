package io.statesync.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Says which topic something belongs to.
 *
 * <ul>
 *   <li>On a method with one parameter {@code T} or {@code SnapshotEnvelope<T>}, or with {@code T, Revision}: it is called
 *       with each snapshot of the topic, as a {@link io.statesync.SnapshotApplier} is. It returns nothing, and may be public,
 *       package-private or protected.
 *   <li>On a bean (its class or its {@code @Bean} method) that is a {@code SnapshotApplier<T>}, such as {@link
 *       io.statesync.state.SyncedState}: it is filled with each snapshot.
 *   <li>On a bean that is an {@link io.statesync.InvalidationFilter}, a {@link io.statesync.SyncListener} or a {@link
 *       RevisionSyncCustomizer}: it is for this topic alone, and not for all. If several filters are for a topic, an event
 *       must pass them all.
 *   <li>At an injection point: the bean of this topic, for example its {@link io.statesync.RevisionSync}.
 * </ul>
 *
 * Several appliers of one topic share one engine and one fetch; the type of the topic's data comes from them.
 */
@Documented
@Reflective
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface SyncedTopic {

    /** The topic. */
    String value();
}
