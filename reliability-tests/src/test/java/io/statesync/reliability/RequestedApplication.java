package io.statesync.reliability;

import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import io.statesync.state.SyncedState;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A source and a replica of itself, with one topic that is exposed and one that is not, and a collection to edit. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RequestedApplication {

    static final String SECRET = "nobody may read this";

    @TopicSource("prices")
    String prices() {
        return "12 and 13";
    }

    @TopicSource("hidden")
    String hidden() {
        return SECRET;
    }

    @TopicSource("todos")
    List<Todo> todos() {
        return List.of(new Todo("1", "milk"));
    }

    @Bean
    @SyncedTopic("prices")
    SyncedState<String> copy() {
        return SyncedState.create();
    }

    @Bean
    @SyncedTopic("todos")
    SyncedCollection<String, Todo> collection(SyncedCollectionFactory collections) {
        return collections.open("todos");
    }

    @MutationHandler("todos")
    PersistResult persist(PersistContext context) {
        return PersistResult.none();
    }

    record Todo(String id, String text) {}
}
