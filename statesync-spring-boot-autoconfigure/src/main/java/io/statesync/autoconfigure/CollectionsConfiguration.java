package io.statesync.autoconfigure;

import io.statesync.mutation.ConnectivityGate;
import io.statesync.mutation.ErrorClassifier;
import io.statesync.mutation.FailureHandler;
import io.statesync.mutation.MutationTimings;
import io.statesync.mutation.SyncedCollection;
import io.statesync.mutation.SyncedCollections;
import io.statesync.mutation.SyncedCollectionsBuilder;
import io.statesync.mutation.TransactionListener;
import io.statesync.mutation.Transactions;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.policy.Scheduler;
import io.statesync.spring.Replicas;
import io.statesync.spring.mutation.MutationLifecycle;
import io.statesync.spring.mutation.MutationRegistrar;
import io.statesync.spring.mutation.PausableGate;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import io.statesync.spring.mutation.TransactionAlarms;
import io.statesync.spring.mutation.TransactionEventPublisher;
import java.util.function.LongConsumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** The engine of the collections that are beans. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(SyncedCollection.class)
class CollectionsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TransactionStorage statesyncTransactionStorage(
            ReadSettings settings,
            BeanFactory beans,
            Environment environment,
            Scheduler scheduler,
            ObjectProvider<MutationTimings> timings) {
        LongConsumer onForce = timings.getIfUnique() instanceof LongConsumer timer ? timer : null;
        return TransactionStorages.open(
                settings.properties().mutations(), beans, InstanceName.of(environment), scheduler, onForce);
    }

    @Bean
    PausableGate statesyncMutationGate(ObjectProvider<ConnectivityGate> gates) {
        return new PausableGate(gates.getIfUnique(() -> ConnectivityGate.OPEN));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    SyncedCollections statesyncCollections(
            ReadSettings settings,
            TransactionStorage storage,
            Scheduler scheduler,
            PausableGate gate,
            ObjectProvider<ErrorClassifier> classifier,
            ObjectProvider<FailureHandler> handlers,
            ObjectProvider<MutationTimings> timings) {
        SyncedCollectionsBuilder builder = MutationEngines.builder(
                        settings.properties().mutations(), classifier.getIfUnique())
                .storage(storage)
                .scheduler(scheduler)
                .connectivity(gate.gate())
                .failureHandler(
                        transaction -> handlers.orderedStream().forEach(handler -> handler.failed(transaction)));
        timings.ifUnique(builder::timings);
        return builder.build();
    }

    @Bean
    Transactions statesyncTransactions(SyncedCollections collections) {
        return collections.transactions();
    }

    @Bean
    SyncedCollectionFactory statesyncCollectionFactory(
            MutationRegistrar registrar,
            SyncedCollections collections,
            ObjectProvider<JsonMapper> mapper,
            ReadSettings settings,
            BeanFactory beans) {
        return new SyncedCollectionFactory(
                registrar,
                collections,
                mapper.getIfUnique(),
                new MutationDefaults(settings.properties().mutations()),
                beans);
    }

    @Bean
    MutationLifecycle statesyncMutationLifecycle(
            SyncedCollections collections,
            SyncedCollectionFactory factory,
            Replicas replicas,
            ObjectProvider<TransactionListener> listeners,
            PausableGate gate,
            ReadSettings settings) {
        boolean alone = settings.properties().mutations().secondProcess() == MutationProperties.SecondProcess.FAIL;
        return new MutationLifecycle(collections, factory, replicas, listeners, gate, alone);
    }

    /** After that of the first snapshots. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    ApplicationRunner statesyncCollectionsReady(MutationLifecycle lifecycle) {
        return arguments -> lifecycle.awaitRequired();
    }

    @Bean
    TransactionAlarms statesyncTransactionAlarms(ReadSettings settings) {
        MutationProperties mutations = settings.properties().mutations();
        return new TransactionAlarms(
                Checks.positive("statesync.mutations.age-alarm", mutations.ageAlarm()),
                Checks.notNegative(
                        "statesync.mutations.recovery.orphan-alarm",
                        mutations.recovery().orphanAlarm()),
                mutations.showValues());
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "statesync.mutations.events")
    TransactionEventPublisher statesyncTransactionEvents(ApplicationEventPublisher publisher) {
        return new TransactionEventPublisher(publisher);
    }
}
