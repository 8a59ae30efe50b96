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
    /* guarded by lock; how often a topic is here */
    private final Map<String, Integer> held = new HashMap<>();

    /** Looked up once: while a context is closed, nobody can be looked up any more. */
    private volatile @Nullable List<TopicMemory> memories;

    TopicMemories(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** One more replica of the topic, or its source. */
    void hold(String topic) {
        // before the lock: whoever creates beans holds a lock of the bean factory
        List<TopicMemory> all = memories();
        lock.lock();
        try {
            if (held.merge(topic, 1, Integer::sum) == 1) {
                each(all, memory -> memory.remember(topic));
            }
        } finally {
            lock.unlock();
        }
    }

    /** One replica less. */
    void release(String topic) {
        List<TopicMemory> all = memories();
        lock.lock();
        try {
            if (held.merge(topic, -1, Integer::sum) == 0) {
                held.remove(topic);
                each(all, memory -> memory.forget(topic));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<TopicMemory> memories() {
        List<TopicMemory> all = memories;
        if (all == null) {
            all = beans.getBeanProvider(TopicMemory.class).orderedStream().toList();
            memories = all;
        }
        return all;
    }

    private static void each(List<TopicMemory> all, Consumer<TopicMemory> call) {
        for (TopicMemory memory : all) {
            try {
                call.accept(memory);
            } catch (RuntimeException | Error e) {
                log.warn("{} does not take note of a topic that comes or goes", memory, e);
            }
        }
    }
}
