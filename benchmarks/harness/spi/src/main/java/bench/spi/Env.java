package bench.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** What the harness lends to a participant: a scratch folder and, if asked for, a Redis or a PostgreSQL of its own on loopback. */
public final class Env implements AutoCloseable {
    private Path tmp;
    private Process redis;
    private int redisPort;
    private Process postgres;
    private String postgresUrl;

    public synchronized Path tmp() throws IOException {
        if (tmp == null) tmp = Files.createTempDirectory(Path.of(System.getProperty("bench.tmp", "target")), "env");
        return tmp;
    }

    public static int freePort() throws IOException {
        try (var s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    /** A setting of the harness: a system property of this process, or a variable that child processes inherit. */
    private static String setting(String property, String variable, String otherwise) {
        return System.getProperty(property, java.util.Objects.requireNonNullElse(System.getenv(variable), otherwise));
    }

    /** host:port of a Redis without persistence, started on the first call and ended with this Env. */
    public synchronized String redis() throws IOException, InterruptedException {
        if (redis == null) {
            redisPort = freePort();
            redis = new ProcessBuilder(setting("bench.redis", "BENCH_REDIS", "redis-server"), "--port", "" + redisPort, "--bind", "127.0.0.1", "--save", "",
                    "--appendonly", "no", "--dir", tmp().toAbsolutePath().toString())
                    .redirectErrorStream(true).redirectOutput(tmp().resolve("redis.log").toFile()).start();
            Process p = redis;
            Runtime.getRuntime().addShutdownHook(new Thread(p::destroy));
            for (int i = 0; ; i++) {
                try (var s = new Socket()) {
                    s.connect(new InetSocketAddress("127.0.0.1", redisPort), 200);
                    break;
                } catch (IOException e) {
                    if (i > 100 || !redis.isAlive()) throw new IOException("redis did not start", e);
                    Thread.sleep(30);
                }
            }
        }
        return "127.0.0.1:" + redisPort;
    }

    private static int run(Path log, java.util.List<String> cmd) throws Exception {
        return new ProcessBuilder(cmd).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start().waitFor();
    }

    /**
     * JDBC URL of a PostgreSQL cluster of our own on loopback, defaults, fsync on; started on the first call and ended with this
     * Env. The programs are those in PGBIN, or in Debian's place. The system property bench.postgres names one that runs already.
     */
    public synchronized String postgres() throws Exception {
        if (postgresUrl != null) return postgresUrl;
        if (System.getProperty("bench.postgres") != null) return System.getProperty("bench.postgres");
        Path bin;
        if (System.getenv("PGBIN") != null) bin = Path.of(System.getenv("PGBIN"));
        else try (var s = Files.list(Path.of("/usr/lib/postgresql"))) { // Debian's place
            bin = s.sorted().reduce((x, y) -> y).orElseThrow().resolve("bin");
        }
        Path tmp = tmp().toAbsolutePath(), data = tmp.resolve("pg"), log = tmp.resolve("pg.log");
        boolean root = "root".equals(System.getProperty("user.name"));
        Files.createDirectory(data);
        if (root) {
            run(log, java.util.List.of("chmod", "755", tmp.toString()));
            run(log, java.util.List.of("chown", "postgres", data.toString()));
        }
        var as = root ? java.util.List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : java.util.List.<String>of();
        var init = new java.util.ArrayList<>(as);
        init.addAll(java.util.List.of(bin + "/initdb", "-D", data.toString(), "-A", "trust", "-U", "bench", "-E", "UTF8"));
        if (run(log, init) != 0) throw new IllegalStateException(Files.readString(log));
        int port = freePort();
        var srv = new java.util.ArrayList<>(as);
        srv.addAll(java.util.List.of(bin + "/postgres", "-D", data.toString(), "-p", "" + port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        postgres = new ProcessBuilder(srv).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        Process p = postgres;
        Runtime.getRuntime().addShutdownHook(new Thread(p::destroy));
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench";
        for (int i = 0; ; i++) {
            try {
                java.sql.DriverManager.getConnection(url).close();
                return postgresUrl = url;
            } catch (java.sql.SQLException e) {
                if (i > 100 || !postgres.isAlive()) throw e;
                Thread.sleep(100);
            }
        }
    }

    @Override public synchronized void close() throws IOException {
        if (postgres != null) {
            postgres.destroy(); // SIGTERM; all connections are closed
            try {
                if (!postgres.waitFor(10, TimeUnit.SECONDS)) postgres.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            postgres = null;
            postgresUrl = null;
        }
        if (redis != null) {
            redis.destroy();
            try {
                if (!redis.waitFor(5, TimeUnit.SECONDS)) redis.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            redis = null;
        }
        if (tmp != null) {
            try (var walk = Files.walk(tmp)) {
                walk.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
            }
            tmp = null;
        }
    }
}
