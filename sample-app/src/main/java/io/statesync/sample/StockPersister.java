package io.statesync.sample;

import io.statesync.mutation.PersistContext;
import io.statesync.mutation.PersistResult;
import io.statesync.spring.mutation.HttpPersister;
import io.statesync.spring.mutation.MutationHandler;
import java.util.concurrent.CompletionStage;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Sends what was edited here to the source. */
@Component
@Profile("replica & !shared")
class StockPersister {

    private final HttpPersister source;

    StockPersister(RestClient.Builder client, SampleProperties properties) {
        this.source =
                HttpPersister.posting(client.baseUrl(properties.sourceUrl()).build(), "/api/stock/transactions");
    }

    @MutationHandler(Topics.STOCK)
    CompletionStage<PersistResult> persist(PersistContext transaction) {
        return source.persist(transaction);
    }
}
