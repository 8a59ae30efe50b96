package io.statesync.autoconfigure.actuate;

import io.statesync.autoconfigure.StateSyncMutationAutoConfiguration;
import io.statesync.mutation.SyncedCollections;
import io.statesync.spring.mutation.TransactionAlarms;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Endpoint {@code statesynctransactions}, if an operator exposes it. */
@AutoConfiguration(after = StateSyncMutationAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class, SyncedCollections.class})
@ConditionalOnBean(SyncedCollections.class)
@ConditionalOnAvailableEndpoint(TransactionsEndpoint.class)
public final class StateSyncTransactionsEndpointAutoConfiguration {

    @Bean
    TransactionsEndpoint statesyncTransactionsEndpoint(SyncedCollections collections, TransactionAlarms alarms) {
        return new TransactionsEndpoint(collections.transactions(), alarms.showValues());
    }

    @Bean
    TransactionsWebExtension statesyncTransactionsWebExtension(TransactionsEndpoint endpoint) {
        return new TransactionsWebExtension(endpoint);
    }
}
