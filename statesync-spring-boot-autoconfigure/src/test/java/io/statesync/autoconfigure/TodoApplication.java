package io.statesync.autoconfigure;

import io.statesync.Revision;
import io.statesync.autoconfigure.TodoBackend.Todo;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncedCollection;
import io.statesync.source.StatePublisher;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that edits todos, and is their source. */
@Configuration(proxyBeanMethods = false)
public class TodoApplication {

    public static ApplicationContextRunner runner(TodoBackend backend, Path directory) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class,
                        StateSyncAutoConfiguration.class,
                        StateSyncMutationAutoConfiguration.class))
                .withBean(TodoBackend.class, () -> backend)
                .withUserConfiguration(TodoApplication.class)
                .withPropertyValues("statesync.mutations.directory=" + directory);
    }

    @Bean
    @SyncedTopic("todos")
    SyncedCollection<String, Todo> todos(SyncedCollectionFactory collections) {
        return collections.open("todos");
    }

    @Bean
    TodoSource todoSource(TodoBackend backend) {
        return new TodoSource(backend);
    }

    @Bean
    TodoWriter todoWriter(
            TodoBackend backend,
            StatePublisher publisher,
            @SyncedTopic("todos") SyncedCollection<String, Todo> injected) {
        return new TodoWriter(backend, publisher, injected);
    }

    record TodoSource(TodoBackend backend) {
        @TopicSource("todos")
        List<Todo> read() {
            return backend.rows();
        }
    }

    /** Wants the collection that it is a handler of. */
    record TodoWriter(TodoBackend backend, StatePublisher publisher, SyncedCollection<String, Todo> injected) {

        @MutationHandler("todos")
        Revision persist(PersistContext context) throws InterruptedException {
            return backend.persist(context, publisher);
        }

        @MutationHandler(value = "todos", fn = "later")
        CompletionStage<Revision> later(PersistContext context) throws InterruptedException {
            return CompletableFuture.completedStage(backend.persist(context, publisher));
        }

        @MutationHandler(value = "todos", fn = "silent")
        void silent(PersistContext context) throws InterruptedException {
            backend.persist(context, publisher);
        }

        @MutationHandler(value = "todos", fn = "refused")
        PersistResult refuse(PersistContext context) {
            return backend.refuse();
        }
    }
}
