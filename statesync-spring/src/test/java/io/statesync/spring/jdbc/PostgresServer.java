package io.statesync.spring.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A real PostgreSQL that can be killed, and started again at the same port with the same data. */
public final class PostgresServer implements AutoCloseable {

    /** What a listening connection is called at the server. */
    static final String LISTENER = "statesync-listener";

    private final Path data;
    private int port;
    private @Nullable EmbeddedPostgres running;

    public PostgresServer() throws IOException {
        data = Files.createTempDirectory("statesync-postgres");
        start();
    }

    public int port() {
        return port;
    }

    public String url() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** New connections to the database of that name, each time. */
    public DataSource dataSource(String name) {
        return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", "");
    }

    /** New connections, each time. */
    public DataSource dataSource() {
        return dataSource("postgres");
    }

    /** A small pool that gives up soon. */
    HikariDataSource pool() {
        return pool(Duration.ofSeconds(1));
    }

    /** A small pool that gives up after this time: between its own attempts it waits about as long as the server was away. */
    HikariDataSource pool(Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername("postgres");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** A connection of one's own, as a listener has it. */
    static Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("ApplicationName", LISTENER);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "5");
        return DriverManager.getConnection(url(port), properties);
    }

    /** How many connections of listeners the server counts. */
    int listeners() {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + LISTENER + "'")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the server does not count its connections", e);
        }
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        closeRunning();
    }

    public boolean isRunning() {
        return running != null;
    }

    /** Starts it, and returns when it takes connections. */
    public void start() {
        // the children of the one that was killed hold its memory until they have noticed
        Awaitility.await("PostgreSQL starts")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    EmbeddedPostgres started = EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            // off by default there: a kill would lose what was committed
                            .setServerConfig("synchronous_commit", "on")
                            .setPort(port)
                            .start();
                    running = started;
                    port = started.getPort();
                    return true;
                });
    }

    /** Copies its files while it is stopped; it runs again when this returns. */
    public Path backup() throws IOException {
        Path backup = Files.createTempDirectory("statesync-backup").resolve("data");
        closeRunning();
        copy(data, backup);
        start();
        return backup;
    }

    /** Puts the files of a backup in place of its own; it runs again, with that state, when this returns. */
    public void restore(Path backup) throws IOException {
        closeRunning();
        FileSystemUtils.deleteRecursively(data);
        copy(backup, data);
        start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                // it starts in no folder that others may read
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closeRunning();
    }

    private void closeRunning() throws IOException {
        if (running != null) {
            Objects.requireNonNull(running).close();
            running = null;
        }
    }
}
