package io.statesync.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes this application the source of truth of a topic: the method, which has no parameter, returns the topic's current
 * state, or a {@link io.statesync.SnapshotEnvelope} when it knows its own revision. One method per topic.
 *
 * <p>It is called on any thread, also several at once, and must read the truth: not a cache, not a lagging copy (P6). What
 * it returns must not be changed afterwards.
 */
@Documented
@Reflective
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TopicSource {

    /** The topic. */
    String value();
}
