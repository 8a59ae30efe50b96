package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.SHOP;
import static io.statesync.autoconfigure.WrongSetup.beans;

import io.statesync.Revision;
import io.statesync.mutation.PersistContext;
import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.TopicSource;
import io.statesync.spring.mutation.MutationHandler;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;

/** Collections and handlers that cannot work. */
class WrongMutationsTest {

    private static final String MEMORY = "statesync.mutations.storage=memory";

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                beans("a handler with other parameters", OtherParameters.class, SHOP, MEMORY)
                        .says("@MutationHandler", "persist(PersistContext, String)", "other parameters")
                        .advises("PersistResult name(PersistContext context)"),
                beans("a handler that returns something else", Returning.class, SHOP, MEMORY)
                        .says("@MutationHandler", "persist(PersistContext)", "java.lang.String")
                        .advises("Revision", "CompletionStage"),
                beans("a handler of an unknown collection", Misspelt.class, SHOP, MEMORY)
                        .says("@MutationHandler", "\"tdoos\"", "Known here: todos")
                        .advises("Correct the name", "@SyncedTopic(\"tdoos\")"),
                beans("two handlers of one mutation function", TwoHandlers.class, SHOP, MEMORY)
                        .says("\"todos\" has two handlers", "one(PersistContext)", "two(PersistContext)")
                        .advises("fn = "),
                beans("a handler in a prototype", Prototype.class, SHOP, MEMORY)
                        .says("@MutationHandler", "bean \"writer\" is not a singleton")
                        .advises("singleton bean"),
                beans("two collections of one topic", TwoCollections.class, SHOP, MEMORY)
                        .says("\"todos\" has two collections", "\"todos\"", "\"more\"")
                        .advises("withMutation"),
                beans("a collection that does not say its types", Raw.class, SHOP, MEMORY)
                        .says("bean \"todos\"", "does not say what its keys and rows are")
                        .advises("SyncedCollection<String, Todo>"),
                beans("rows without an id", NoId.class, SHOP, MEMORY)
                        .says("\"todos\"", "no record with a component \"id\"")
                        .advises("Item::sku"),
                beans("keys of another type than the id", OtherKey.class, SHOP, MEMORY)
                        .says("keys of java.lang.Long", "java.lang.String")
                        .advises("SyncedCollection<String, Todo>"),
                beans("a collection that is opened under another name", OtherName.class, SHOP, MEMORY)
                        .says("Collection \"tdoos\" is opened", "Known here: todos")
                        .advises("@SyncedTopic(\"tdoos\")"),
                beans("a source that returns no rows", NoRows.class, MEMORY)
                        .says("\"todos\" has two types", "java.lang.String", "bean \"todos\"")
                        .advises("what the bean takes"),
                beans("nothing to keep transactions in", Todos.class, SHOP)
                        .without("org.sqlite")
                        .says("org.xerial:sqlite-jdbc", "statesync.mutations.data-source")
                        .advises("Add org.xerial:sqlite-jdbc", "statesync.mutations.storage to \"memory\""),
                beans(
                                "a database for transactions that is not there",
                                Todos.class,
                                SHOP,
                                "statesync.mutations.data-source=ledger")
                        .says("statesync.mutations.data-source is \"ledger\"")
                        .advises("\"dataSource\""),
                beans(
                                "no attempt for a transaction",
                                Todos.class,
                                SHOP,
                                MEMORY,
                                "statesync.mutations.retry.max-attempts=0")
                        .says("statesync.mutations.retry.max-attempts is 0")
                        .advises("1 or more"));
    }

    record Todo(String id, String text) {}

    record Item(String sku, int stock) {}

    @Configuration(proxyBeanMethods = false)
    static class Todos {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Todo> todos(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Import(Todos.class)
    static class NoRows {
        @TopicSource("todos")
        String read() {
            return "";
        }
    }

    @Import(Todos.class)
    static class OtherParameters {
        @MutationHandler("todos")
        Revision persist(PersistContext context, String more) {
            return Revision.parse("1");
        }
    }

    @Import(Todos.class)
    static class Returning {
        @MutationHandler("todos")
        String persist(PersistContext context) {
            return "";
        }
    }

    @Import(Todos.class)
    static class Misspelt {
        @MutationHandler("tdoos")
        void persist(PersistContext context) {}
    }

    @Import(Todos.class)
    static class TwoHandlers {
        @MutationHandler("todos")
        void one(PersistContext context) {}

        @MutationHandler("todos")
        void two(PersistContext context) {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Todos.class)
    static class Prototype {
        @Bean
        @Scope("prototype")
        Misnamed writer() {
            return new Misnamed();
        }
    }

    static class Misnamed {
        @MutationHandler("todos")
        void persist(PersistContext context) {}
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Todos.class)
    static class TwoCollections {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Todo> more(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Raw {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<?, ?> todos(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoId {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Item> todos(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherKey {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<Long, Todo> todos(SyncedCollectionFactory collections) {
            return collections.open("todos");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherName {
        @Bean
        @SyncedTopic("todos")
        SyncedCollection<String, Todo> todos(SyncedCollectionFactory collections) {
            return collections.open("tdoos");
        }
    }
}
