package io.statesync.spring.jdbc;

import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables of the published scripts. */
final class Schema {

    private Schema() {}

    static void create(DataSource dataSource, String platform) {
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(
                        new ClassPathResource("io/statesync/spring/jdbc/schema-" + platform + ".sql")),
                dataSource);
    }
}
