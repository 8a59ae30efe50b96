package io.statesync.sample;

import io.statesync.spring.jdbc.IdempotentChanges;
import io.statesync.spring.jdbc.JdbcTables;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.transaction.support.TransactionOperations;

/** Where a source keeps its stock: an embedded database, whose tables Spring Boot creates ({@code stock.sql}). */
@Configuration(proxyBeanMethods = false)
@Profile("!replica & !shared")
class StockDatabase {

    @Bean
    DataSource stockDataSource(SampleProperties properties) {
        return DataSourceBuilder.create()
                .url("jdbc:h2:file:" + properties.dataDir().toAbsolutePath().resolve("stock"))
                .build();
    }

    /** Applies each transaction once, however often a replica has to send it. */
    @Bean
    IdempotentChanges stockChanges(DataSource database, TransactionOperations transactions, JdbcTables tables) {
        return new IdempotentChanges(database, transactions, tables);
    }
}
