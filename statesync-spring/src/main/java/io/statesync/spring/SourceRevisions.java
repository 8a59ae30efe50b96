package io.statesync.spring;

import io.statesync.Revision;
import io.statesync.source.RevisionCounter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of this application's topics: a source method that knows its own is asked, everything else is counted, in
 * the transaction of the change if the counter can.
 *
 * @param counter counts
 * @param methods finds the method of a topic
 */
record SourceRevisions(RevisionCounter counter, Function<String, @Nullable SourceMethod> methods)
        implements TransactionalRevisionCounter {

    @Override
    public Revision next(String topic) {
        SourceMethod method = methods.apply(topic);
        if (method == null || !method.labelled()) {
            return counter.next(topic);
        }
        try {
            return method.getSnapshot().revision();
        } catch (Exception e) {
            throw new IllegalStateException("the revision of topic \"" + topic + "\" could not be read", e);
        }
    }

    /* A method that knows its own revision is asked after the commit: only then has it one. */
    @Override
    public Optional<Revision> nextInTransaction(String topic) {
        SourceMethod method = methods.apply(topic);
        return counter instanceof TransactionalRevisionCounter transactional && (method == null || !method.labelled())
                ? transactional.nextInTransaction(topic)
                : Optional.empty();
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) throws Exception {
        Map<String, Revision> current = new HashMap<>();
        List<String> counted = new ArrayList<>();
        for (String topic : topics) {
            SourceMethod method = methods.apply(topic);
            if (method != null && method.labelled()) {
                current.put(topic, method.getSnapshot().revision());
            } else {
                counted.add(topic);
            }
        }
        if (!counted.isEmpty()) {
            current.putAll(counter.current(counted));
        }
        return current;
    }
}
