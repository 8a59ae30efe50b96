package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.jdbc.ConnectionOpener;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Where the connection that listens leads to: not out of a pool, since it is kept for as long as the application runs. */
record PostgresConnections(PostgresProperties properties, ObjectProvider<JdbcConnectionDetails> details) {

    private static final String PREFIX = "jdbc:postgresql:";

    ConnectionOpener forSource(SourceSettings source) {
        String property = source.eventsProperty() + "=postgres";
        JdbcConnectionDetails application = details.getIfAvailable();
        String url = properties.url();
        if (url == null && application != null) {
            url = application.getJdbcUrl();
        }
        if (url == null) {
            throw new SetupException(
                    property + " needs a connection of its own, but nothing says where to: a DataSource bean of the"
                            + " application does not.",
                    "Set statesync.postgres.url, .username and .password, or spring.datasource.url.");
        }
        if (!url.startsWith(PREFIX)) {
            throw new SetupException(
                    property + " needs PostgreSQL, but the database is reached by \"" + kind(url) + "\".",
                    "Set statesync.postgres.url to a URL that begins with \"" + PREFIX + "\".");
        }
        String to = url;
        Properties connection = connection(source, application);
        return () -> DriverManager.getConnection(to, connection);
    }

    private Properties connection(SourceSettings source, @Nullable JdbcConnectionDetails application) {
        Properties connection = new Properties();
        set(connection, "user", or(properties.username(), application == null ? null : application.getUsername()));
        set(connection, "password", or(properties.password(), application == null ? null : application.getPassword()));
        set(connection, "ApplicationName", "statesync " + source.name());
        set(connection, "connectTimeout", seconds(source.connectTimeout()));
        set(connection, "socketTimeout", seconds(source.readTimeout()));
        set(connection, "tcpKeepAlive", "true");
        return connection;
    }

    private static @Nullable String or(@Nullable String own, @Nullable String otherwise) {
        return own == null ? otherwise : own;
    }

    private static void set(Properties connection, String key, @Nullable String value) {
        if (value != null) {
            connection.setProperty(key, value);
        }
    }

    private static String seconds(Duration timeout) {
        return Long.toString(Math.max(1, timeout.toSeconds()));
    }

    /* What follows may hold a password. */
    private static String kind(String url) {
        int end = url.indexOf(':', "jdbc:".length());
        return end < 0 ? "jdbc:" : url.substring(0, end + 1);
    }
}
