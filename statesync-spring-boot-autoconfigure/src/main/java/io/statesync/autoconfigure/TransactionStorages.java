package io.statesync.autoconfigure;

import io.statesync.mutation.jdbc.JdbcTransactionStorage;
import io.statesync.mutation.jdbc.JdbcTransactionStorageBuilder;
import io.statesync.mutation.store.TransactionStorage;
import io.statesync.policy.Scheduler;
import io.statesync.spring.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.util.ClassUtils;

/** Chooses where transactions are kept. Never in memory unless that is asked for by name. */
final class TransactionStorages {

    private static final Logger log = LoggerFactory.getLogger(TransactionStorages.class);
    private static final String SQLITE = "org.sqlite.JDBC";
    private static final String FILE = "transactions.db";

    private TransactionStorages() {}

    static TransactionStorage open(
            MutationProperties properties,
            BeanFactory beans,
            String owner,
            Scheduler scheduler,
            @Nullable LongConsumer onForce) {
        if (properties.storage() == MutationProperties.Storage.MEMORY) {
            return TransactionStorage.memory();
        }
        String name = properties.dataSource();
        if (name != null) {
            return build(
                    JdbcTransactionStorage.builder(dataSource(name, beans)).name(storeName(properties.storeName())),
                    owner,
                    scheduler,
                    onForce);
        }
        if (!ClassUtils.isPresent(SQLITE, ClassUtils.getDefaultClassLoader())) {
            throw new SetupException(
                    "Collections are declared, but nothing can keep their transactions over the end of the process:"
                            + " org.xerial:sqlite-jdbc is not on the class path, and statesync.mutations.data-source names"
                            + " no DataSource bean.",
                    "Add org.xerial:sqlite-jdbc, set statesync.mutations.data-source to the name of a DataSource bean, or"
                            + " set statesync.mutations.storage to \"memory\" if transactions may be lost.");
        }
        return build(JdbcTransactionStorage.builder(file(properties.directory())), owner, scheduler, onForce);
    }

    private static TransactionStorage build(
            JdbcTransactionStorageBuilder builder, String owner, Scheduler scheduler, @Nullable LongConsumer onForce) {
        builder.owner(owner).scheduler(scheduler);
        if (onForce != null) {
            builder.onForce(onForce);
        }
        return builder.build();
    }

    private static DataSource dataSource(String name, BeanFactory beans) {
        try {
            return beans.getBean(name, DataSource.class);
        } catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException e) {
            throw new SetupException(
                    "statesync.mutations.data-source is \"" + name + "\", but no DataSource bean is called so.",
                    "Write the name of a DataSource bean (Boot's own is \"dataSource\"), or remove the property to keep"
                            + " transactions in an embedded file.",
                    e);
        }
    }

    private static String storeName(String name) {
        if (name.isBlank() || name.length() > 255) {
            throw new SetupException(
                    "statesync.mutations.store-name is \"" + name + "\".", "Write 1 to 255 characters.");
        }
        return name;
    }

    /* A directory that cannot be made is for the storage to tell: it opens later, and by what second-process says. */
    private static Path file(String directory) {
        Path path = Path.of(directory);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            log.warn("The directory {} of statesync.mutations.directory cannot be made", path, e);
        }
        return path.resolve(FILE);
    }
}
