package io.statesync.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;

/** Tells every {@link TopicMemory} bean which topics come and go, in that order. Safe for use by any thread. */
final class TopicMemories {

    private static final Logger log = LoggerFactory.getLogger(TopicMemories.class);

    private final ListableBeanFactory beans;

    /** Held while the beans are told: a topic that is closed and opened again at once is not forgotten last. */
    private final ReentrantLock lock = new ReentrantLock();
    /* both guarded by lock */
    private final Map<String, Integer> replicas = new HashMap<>();
    private @Nullable List<TopicMemory> memories;

    TopicMemories(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** One more replica of the topic. */
    void hold(String topic) {
        lock.lock();
        try {
            if (replicas.merge(topic, 1, Integer::sum) == 1) {
                each(memory -> memory.remember(topic));
            }
        } finally {
            lock.unlock();
        }
    }

    /** One replica less. */
    void release(String topic) {
        lock.lock();
        try {
            if (replicas.merge(topic, -1, Integer::sum) == 0) {
                replicas.remove(topic);
                each(memory -> memory.forget(topic));
            }
        } finally {
            lock.unlock();
        }
    }

    private void each(Consumer<TopicMemory> call) {
        List<TopicMemory> all = memories;
        if (all == null) {
            // once: while a context is closed, nobody can be looked up any more
            all = beans.getBeanProvider(TopicMemory.class).orderedStream().toList();
            memories = all;
        }
        for (TopicMemory memory : all) {
            try {
                call.accept(memory);
            } catch (RuntimeException e) {
                log.warn("{} does not take note of a topic that comes or goes", memory, e);
            }
        }
    }
}
