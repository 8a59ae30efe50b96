package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the database, when something is to be kept in it.
 *
 * @param marked the one with {@link StateSyncDataSource}
 * @param any the application's own
 */
record Databases(ObjectProvider<DataSource> marked, ObjectProvider<DataSource> any) {

    /** @throws SetupException if there is none, or it is not clear which one; the message names the property */
    DataSource require(String property) {
        DataSource found = marked.getIfAvailable(any::getIfUnique);
        if (found != null) {
            return found;
        }
        boolean several = any.stream().findAny().isPresent();
        throw new SetupException(
                property + " needs a database, but "
                        + (several ? "there are several DataSource beans." : "there is no DataSource bean."),
                several
                        ? "Mark one of them with @StateSyncDataSource, or with @Primary."
                        : "Set spring.datasource.url, or define a DataSource bean.");
    }
}
