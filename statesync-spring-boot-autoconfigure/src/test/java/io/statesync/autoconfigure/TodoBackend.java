package io.statesync.autoconfigure;

import io.statesync.Revision;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.policy.NonRetriableException;
import io.statesync.source.StatePublisher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What keeps todos beyond the contexts that edit them: it can hang, and tells repeated keys. */
public final class TodoBackend {

    final List<String> keys = new CopyOnWriteArrayList<>();
    public final AtomicInteger calls = new AtomicInteger();
    private final Map<String, Todo> rows = new ConcurrentHashMap<>(Map.of("1", new Todo("1", "milk")));
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** A row. */
    public record Todo(String id, String text) {}

    /** From now on calls hang, until {@link #release}. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        gate.countDown();
    }

    List<Todo> rows() {
        return List.copyOf(new LinkedHashMap<>(rows).values());
    }

    Revision persist(PersistContext context, StatePublisher publisher) throws InterruptedException {
        calls.incrementAndGet();
        keys.add(context.idempotencyKey());
        gate.await();
        context.transaction().mutations().forEach(mutation -> {
            Todo todo = (Todo) mutation.modified();
            rows.put(todo.id(), todo);
        });
        return publisher.invalidate("todos").join();
    }

    PersistResult refuse() {
        throw new NonRetriableException("no more todos");
    }
}
