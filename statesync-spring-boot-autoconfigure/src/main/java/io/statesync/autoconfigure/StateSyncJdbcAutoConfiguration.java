package io.statesync.autoconfigure;

import io.statesync.autoconfigure.JdbcProperties.InitializeSchema;
import io.statesync.source.RevisionCounter;
import io.statesync.source.StatePublisher;
import io.statesync.spring.CounterDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.PersistedStorage;
import io.statesync.spring.SetupException;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotStorageDriver;
import io.statesync.spring.TransactionalRevisionCounter;
import io.statesync.spring.jdbc.JdbcSnapshotStorage;
import io.statesync.spring.jdbc.JdbcStateStore;
import io.statesync.spring.jdbc.JdbcTables;
import io.statesync.spring.json.SnapshotCodec;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PlatformPlaceholderDatabaseDriverResolver;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Revisions and snapshots in the application's database. */
@AutoConfiguration(
        after = {StateSyncAutoConfiguration.class, StateSyncHttpAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration"
        })
@ConditionalOnClass({DataSourceTransactionManager.class, DataSourceScriptDatabaseInitializer.class, JsonMapper.class})
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncJdbcAutoConfiguration {

    @Bean
    Databases statesyncDatabases(
            @StateSyncDataSource ObjectProvider<DataSource> marked, ObjectProvider<DataSource> any) {
        return new Databases(marked, any);
    }

    @Bean
    JdbcTables statesyncJdbcTables(ReadSettings settings) {
        try {
            return new JdbcTables(settings.properties().jdbc().tablePrefix());
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "statesync.jdbc.table-prefix: " + e.getMessage() + ".",
                    "Write a prefix such as \"statesync_\".",
                    e);
        }
    }

    @Bean
    @DependsOnDatabaseInitialization
    CounterDriver statesyncJdbcCounterDriver(Databases databases, JdbcTables tables) {
        return new JdbcCounterDriver(databases, tables);
    }

    @Bean
    @DependsOnDatabaseInitialization
    SnapshotDriver statesyncJdbcSnapshotDriver(Databases databases, JdbcTables tables, SnapshotCodec codec) {
        return new JdbcSnapshotDriver(databases, tables, codec);
    }

    @Bean
    @DependsOnDatabaseInitialization
    SnapshotStorageDriver statesyncJdbcStorageDriver(Databases databases, JdbcTables tables) {
        return new NamedStorageDriver(
                "jdbc", property -> PersistedStorage.of(new JdbcSnapshotStorage(databases.require(property), tables)));
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "statesync.counter", havingValue = "jdbc")
    @DependsOnDatabaseInitialization
    JdbcStateStore statesyncJdbcStateStore(
            Databases databases,
            ObjectProvider<PlatformTransactionManager> transactions,
            JdbcTables tables,
            SnapshotCodec codec,
            RevisionCounter counter,
            StatePublisher publisher) {
        if (!(counter instanceof TransactionalRevisionCounter)) {
            throw new SetupException(
                    "statesync.counter is \"jdbc\", but the application's own RevisionCounter bean comes before it: what"
                            + " a JdbcStateStore writes would have other revisions than are announced.",
                    "Remove the bean, or statesync.counter.");
        }
        DataSource dataSource = databases.require(JdbcCounterDriver.PROPERTY);
        PlatformTransactionManager manager =
                transactions.getIfUnique(() -> new DataSourceTransactionManager(dataSource));
        return new JdbcStateStore(dataSource, new TransactionTemplate(manager), tables, codec, publisher);
    }

    @Bean
    @Conditional(OnJdbcTables.class)
    DataSourceScriptDatabaseInitializer statesyncJdbcInitializer(Databases databases, ReadSettings settings) {
        DataSource dataSource = databases.require("statesync.jdbc.initialize-schema");
        JdbcProperties jdbc = settings.properties().jdbc();
        DatabaseInitializationSettings initialization = new DatabaseInitializationSettings();
        initialization.setSchemaLocations(scripts(dataSource, jdbc));
        initialization.setMode(
                DatabaseInitializationMode.valueOf(jdbc.initializeSchema().name()));
        return new DataSourceScriptDatabaseInitializer(dataSource, initialization);
    }

    private static List<String> scripts(DataSource dataSource, JdbcProperties jdbc) {
        PlatformPlaceholderDatabaseDriverResolver resolver = new PlatformPlaceholderDatabaseDriverResolver();
        if (jdbc.initializeSchema() == InitializeSchema.NEVER) {
            return List.of();
        }
        return jdbc.platform() == null
                ? resolver.resolveAll(dataSource, jdbc.schema())
                : resolver.resolveAll(jdbc.platform(), jdbc.schema());
    }
}
