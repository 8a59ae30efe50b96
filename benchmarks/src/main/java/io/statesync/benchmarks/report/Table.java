package io.statesync.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The last Markdown table of a scenario's log.
 *
 * @param scenario whose
 * @param header the names of its columns; empty if the scenario was not run, or printed none
 * @param rows their cells
 * @param notes what the scenario says below: the versions
 */
record Table(String scenario, List<String> header, List<List<String>> rows, List<String> notes) {

    static Table read(Path log) throws IOException {
        String scenario = log.getFileName().toString().replace(".log", "");
        List<String> header = List.of();
        List<List<String>> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean begins = line.startsWith("|")
                    && i + 1 < lines.size()
                    && lines.get(i + 1).startsWith("|---");
            if (begins) {
                header = cells(line);
                rows.clear();
            } else if (line.startsWith("|") && !line.startsWith("|---")) {
                rows.add(cells(line));
            } else if (line.startsWith("java ") || line.startsWith("@tanstack")) {
                notes.add(line);
            }
        }
        return new Table(scenario, header, List.copyOf(rows), List.copyOf(notes));
    }

    private static List<String> cells(String line) {
        String[] parts = line.substring(1).split("\\|");
        return Arrays.stream(parts).map(String::trim).toList();
    }

    boolean wasRun() {
        return !rows.isEmpty();
    }

    /** The median of a column over the rows of which each of these words is a cell. */
    OptionalDouble value(String column, String... words) {
        int place = header.indexOf(column);
        List<Double> found = numbers(place, row -> row.containsAll(List.of(words)));
        if (found.isEmpty()) {
            return OptionalDouble.empty();
        }
        // of an even number, such as two rounds, neither the better nor the worse is the median
        return OptionalDouble.of((found.get((found.size() - 1) / 2) + found.get(found.size() / 2)) / 2);
    }

    /** The largest of a column over the rows of which each of these words is a cell. */
    OptionalDouble largest(String column, String... words) {
        List<Double> found = numbers(header.indexOf(column), row -> row.containsAll(List.of(words)));
        return found.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(found.get(found.size() - 1));
    }

    private List<Double> numbers(int place, Predicate<List<String>> rowsOf) {
        return rows.stream()
                .filter(rowsOf)
                .filter(row ->
                        place >= 0 && place < row.size() && row.get(place).matches("-?[0-9.]+"))
                .map(row -> Double.valueOf(row.get(place)))
                .sorted()
                .toList();
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| " + String.join(" | ", header) + " |\n|");
        header.forEach(column -> text.append("---|"));
        rows.forEach(row -> text.append("\n| ").append(String.join(" | ", row)).append(" |"));
        notes.stream().distinct().forEach(note -> text.append("\n\n").append(note));
        return text.append('\n').toString();
    }
}
