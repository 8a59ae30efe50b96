package io.statesync.sample;

import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.SyncedTopic;
import io.statesync.spring.mutation.SyncedCollectionFactory;
import io.statesync.state.SyncedState;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The stock at a replica: what was synced, and a collection over the same topic that is edited here. */
@Configuration(proxyBeanMethods = false)
@Profile("replica & !shared")
class StockConfiguration {

    /** What is visible here: edits at once, and what others changed. */
    @Bean
    @SyncedTopic(Topics.STOCK)
    SyncedCollection<String, StockItem> stock(SyncedCollectionFactory collections) {
        return collections.open(Topics.STOCK, StockItem::sku);
    }

    /** What the source has, to be shown beside it. An application that only edits does without. */
    @Bean
    @SyncedTopic(Topics.STOCK)
    SyncedState<Map<String, StockItem>> copyOfStock() {
        return SyncedState.create();
    }
}
