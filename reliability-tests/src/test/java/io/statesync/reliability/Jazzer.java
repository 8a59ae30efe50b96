package io.statesync.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the fuzzer in a JVM of its own, whose small heap is the bound of what an input may make us hold.
 *
 * @param exit 0 if nothing was found
 */
record Jazzer(int exit, Path folder, List<String> output) {

    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: (\\d+).*");

    /** Fuzzes one target, or all of them in turn of the inputs. */
    static Jazzer run(@Nullable String target, int seconds, Path folder) throws IOException, InterruptedException {
        Path corpus = folder.resolve("corpus");
        if (target == null) {
            Corpus.writeAll(corpus);
        } else {
            Corpus.write(target, corpus);
        }
        Path log = folder.resolve("log");
        int exit = new ProcessBuilder(command(target, seconds, folder, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return new Jazzer(
                exit,
                folder,
                new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1)
                        .lines()
                        .toList());
    }

    private static List<String> command(@Nullable String target, int seconds, Path folder, Path corpus) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-Xss1m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        if (target != null) {
            command.add("-D" + Fuzzer.TARGET + "=" + target);
        }
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzer.class.getName(),
                "--instrumentation_includes=io.statesync.**",
                "--instrumentation_excludes=io.statesync.reliability.**",
                "--custom_hook_includes=io.statesync.**:tools.jackson.**",
                "--reproducer_path=" + folder,
                corpus.toString(),
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-max_len=2048",
                "-timeout=300",
                "-rss_limit_mb=0"));
        return command;
    }

    /** Inputs, edges and features, in one line. */
    String figures() {
        return output.stream()
                .map(DONE::matcher)
                .filter(Matcher::matches)
                .map(it -> it.group(1) + " inputs, " + it.group(2) + " edges, " + it.group(3) + " features")
                .findFirst()
                .orElse("it did not end well, see " + folder.resolve("log"));
    }

    /** What was found, and where its input is. */
    String finding() {
        int from = 0;
        while (from < output.size() && !output.get(from).startsWith("== ")) {
            from++;
        }
        return output.stream()
                .skip(from == output.size() ? Math.max(0, from - 30) : from)
                .limit(30)
                .collect(Collectors.joining("\n", "the input is in " + folder + "\n", ""));
    }
}
