package io.statesync;

import java.util.Collection;
import java.util.Map;

/** Tells a source's current revisions: the question that a probe asks (P8). */
@FunctionalInterface
public interface RevisionReader {

    /**
     * The current revision of each of the topics, in one request.
     *
     * @return without an entry for a topic that the source does not have or does not show to this caller
     * @throws Exception if the source cannot be asked
     */
    Map<String, Revision> current(Collection<String> topics) throws Exception;
}
