package io.statesync.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the page of all that was measured. Arguments: the folder of the logs, the file to write, then the scenarios that
 * were not run, each with its reason as {@code scenario=reason}.
 */
public final class Report {

    /** The scenarios by the names of their logs, in the order of the page. */
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("b1", "B1, a local read");
        TITLES.put("b2", "B2, from a change to another client, over Redis");
        TITLES.put("b3", "B3, one invalidation to many WebSocket sessions");
        TITLES.put("b4", "B4, many replicas that fetch a snapshot");
        TITLES.put("b5", "B5, 10,000 invalidations, a fetch takes 20 ms");
        TITLES.put("b5node", "B5, in Node.js");
        TITLES.put("b6", "B6, the heap of a topic");
        TITLES.put("b6start", "B6, start-up");
        TITLES.put("b7", "B7, optimistic rows in memory");
        TITLES.put("b7node", "B7, optimistic rows in Node.js");
        TITLES.put("b7durable", "B7, durable on return");
        TITLES.put("b8", "B8, StateSync's own paths");
        TITLES.put("b9", "B9, growth");
    }

    private Report() {}

    public static void main(String[] arguments) throws IOException {
        Path logs = Path.of(arguments[0]);
        Map<String, String> missing = new LinkedHashMap<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            int equals = argument.indexOf('=');
            missing.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        for (String name : TITLES.keySet()) {
            tables.put(name, Table.read(logs.resolve(name + ".log")));
        }
        Files.writeString(Path.of(arguments[1]), page(tables, missing));
    }

    private static String page(Map<String, Table> tables, Map<String, String> missing) throws IOException {
        StringBuilder page = new StringBuilder(
                        "# What was measured\n\nWritten by `benchmarks/run`; what it means is in ")
                .append("[docs/performance.md](../docs/performance.md).\n\n")
                .append(machine())
                .append("\n## Goals\n\n| | what | goal | measured | reached |\n|---|---|---|---|---|\n");
        Goals.of(name -> Objects.requireNonNull(tables.get(name)))
                .forEach(goal -> page.append(goal.row()).append('\n'));
        page.append('\n').append(resource("guarantees.md"));
        tables.forEach((name, table) -> {
            page.append("\n## ").append(TITLES.get(name)).append("\n\n");
            if (table.wasRun()) {
                page.append(table.markdown());
            } else {
                page.append("Not run: ")
                        .append(missing.getOrDefault(name, "it printed no figures, see its log"))
                        .append(".\n");
            }
        });
        return page.toString();
    }

    private static String machine() throws IOException {
        return "| | |\n|---|---|\n| date | " + LocalDate.now() + " |\n| machine | "
                + Runtime.getRuntime().availableProcessors() + " processors, "
                + first(Path.of("/proc/cpuinfo"), "model name") + ", " + first(Path.of("/proc/meminfo"), "MemTotal")
                + " |\n| system | " + System.getProperty("os.name") + " " + System.getProperty("os.version")
                + " |\n| Java | " + Runtime.version() + " |\n| load at the end | " + load() + " |\n";
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).substring(0, 14) : "unknown";
    }

    private static String first(Path file, String name) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse("unknown")
                : "unknown";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
