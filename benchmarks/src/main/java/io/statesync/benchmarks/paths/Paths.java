package io.statesync.benchmarks.paths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** B8. Arguments: rounds (3), milliseconds of an iteration (500), a pattern of what to run. Prints a Markdown table. */
public final class Paths {

    private Paths() {}

    public static void main(String[] arguments) throws RunnerException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int millis = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        String pattern = arguments.length > 2 ? arguments[2] : ".*";
        Map<String, List<Double>> nanos = new LinkedHashMap<>();
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult result : run(pattern, millis)) {
                String name = name(result.getParams());
                nanos.computeIfAbsent(name, first -> new ArrayList<>())
                        .add(result.getPrimaryResult().getScore());
                bytes.merge(name, allocated(result), Math::min);
            }
        }
        print(nanos, bytes);
        System.out.println("java " + Runtime.version() + ", rounds=" + rounds);
    }

    private static Iterable<RunResult> run(String pattern, int millis) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(Paths.class.getPackageName().replace(".", "\\.") + "\\..*" + pattern)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(millis))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(millis))
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Xms512m", "-Xmx512m", "-XX:+UseG1GC")
                        .build())
                .run();
    }

    private static String name(BenchmarkParams of) {
        String name = of.getBenchmark().substring(Paths.class.getPackageName().length() + 1);
        StringBuilder text = new StringBuilder(name);
        of.getParamsKeys()
                .forEach(key -> text.append(' ').append(key).append('=').append(of.getParam(key)));
        return text.toString();
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().contains("alloc.rate.norm"))
                .map(Map.Entry::getValue)
                .mapToDouble(Result::getScore)
                .findFirst()
                .orElse(-1);
    }

    private static void print(Map<String, List<Double>> nanos, Map<String, Double> bytes) {
        System.out.println("| path | ns/op median | min..max | B/op |\n|---|---:|---:|---:|");
        nanos.forEach((name, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f..%.1f | %.1f |%n",
                    name,
                    (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2,
                    sorted.get(0),
                    sorted.get(sorted.size() - 1),
                    bytes.get(name));
        });
    }
}
