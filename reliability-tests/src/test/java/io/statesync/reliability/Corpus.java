package io.statesync.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The inputs of a target that every build plays: its seeds, and {@code fuzz/<target>.txt}, what long runs found to reach
 * something new, and each input that ever was a finding; one a line, in base 64.
 */
final class Corpus {

    private Corpus() {}

    static List<byte[]> of(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(Targets.open(target).seeds());
        try (InputStream kept = Corpus.class.getResourceAsStream("/fuzz/" + target + ".txt")) {
            if (kept != null) {
                new String(kept.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(Base64.getDecoder()::decode)
                        .forEach(inputs::add);
            }
        }
        return inputs;
    }

    /** Writes it where the fuzzer begins: one file for each input. */
    static void write(String target, Path folder) throws IOException {
        write(target, of(target), folder);
    }

    /** The corpora of all targets, each input behind the byte that chooses its target. */
    static void writeAll(Path folder) throws IOException {
        List<String> names = Targets.names();
        for (int i = 0; i < names.size(); i++) {
            int number = i;
            write(
                    names.get(i),
                    of(names.get(i)).stream()
                            .map(it -> OneOf.behind(number, it))
                            .toList(),
                    folder);
        }
    }

    private static void write(String name, List<byte[]> inputs, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.resolve(name + "-" + i), inputs.get(i));
        }
    }

    /** {@code target folder}: for runs by hand. */
    public static void main(String[] arguments) throws IOException {
        write(arguments[0], Path.of(arguments[1]));
    }
}
