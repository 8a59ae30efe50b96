package io.statesync.autoconfigure.actuate;

import io.statesync.autoconfigure.StateSyncMutationAutoConfiguration;
import io.statesync.mutation.SyncedCollections;
import io.statesync.spring.mutation.TransactionAlarms;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health {@code statesyncTransactions}. For an operator; in no group, since a stuck write is no reason to turn readers away. */
@AutoConfiguration(after = StateSyncMutationAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class, SyncedCollections.class})
@ConditionalOnBean(SyncedCollections.class)
@ConditionalOnEnabledHealthIndicator("statesync-transactions")
public final class StateSyncTransactionHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "statesyncTransactionsHealthIndicator")
    HealthIndicator statesyncTransactionsHealthIndicator(SyncedCollections collections, TransactionAlarms alarms) {
        return new TransactionHealth(collections, alarms, InstantSource.system());
    }
}
