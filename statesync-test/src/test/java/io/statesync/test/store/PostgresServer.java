package io.statesync.test.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL that can be killed, and started again at the same port with the same data. Used by one thread. */
final class PostgresServer implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres running;
    private int port;

    PostgresServer() throws IOException {
        data = Files.createTempDirectory("statesync-postgres");
        start();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** New connections, each time. */
    DataSource dataSource() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url());
        database.setUser("postgres");
        database.setLoginTimeout(5);
        return database;
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
        close();
    }

    /** Starts it, and returns when it takes connections. */
    void start() {
        // the children of the one that was killed hold its memory until they have noticed
        Awaitility.await("PostgreSQL starts")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    running = EmbeddedPostgres.builder()
                            .setDataDirectory(data)
                            .setCleanDataDirectory(false)
                            // both are off by default there
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("fsync", "on")
                            .setPort(port)
                            .start();
                    port = running.getPort();
                    return true;
                });
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
