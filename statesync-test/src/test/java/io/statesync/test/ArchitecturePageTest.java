package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that draws the house draws what is there. */
class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern EDGE = Pattern.compile("(\\w+)(?:\\[\"[^\"]+\"])? (-->|-\\.->) (\\w+)");
    private static final Pattern NODE = Pattern.compile("(\\w+)\\[\"(statesync-[\\w-]+)\"]");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("<artifactId>(statesync-[\\w-]+)</artifactId>");

    private final String page = read(ROOT.resolve("docs/architecture.md"));

    @Test
    void theModulesDependOnEachOtherAsDrawn() throws IOException {
        assertThat(drawn()).isEqualTo(built());
    }

    @Test
    void everyTypeThatItNamesExists() throws IOException {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file ->
                            file.toString().contains("src") && file.toString().endsWith(".java"))
                    .forEach(file -> types.add(file.getFileName().toString().replace(".java", "")));
        }

        Set<String> named = TYPE.matcher(page).results().map(it -> it.group(1)).collect(Collectors.toSet());

        assertThat(named).isNotEmpty();
        assertThat(types).containsAll(named);
    }

    private Set<String> drawn() {
        String graph = page.substring(page.indexOf("graph TD"), page.indexOf("```", page.indexOf("graph TD")));
        var names = NODE.matcher(graph).results().collect(Collectors.toMap(it -> it.group(1), it -> it.group(2)));
        Set<String> edges = new TreeSet<>();
        Matcher edge = EDGE.matcher(NODE.matcher(graph).replaceAll("$1"));
        while (edge.find()) {
            edges.add(names.get(edge.group(1)) + ' ' + edge.group(2) + ' ' + names.get(edge.group(3)));
        }
        return edges;
    }

    private static Set<String> built() throws IOException {
        Set<String> edges = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path pom : modules.map(it -> it.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                String module = pom.getParent().getFileName().toString();
                if (module.startsWith("statesync-")) {
                    edges.addAll(dependencies(module, read(pom)));
                }
            }
        }
        return edges;
    }

    private static Set<String> dependencies(String module, String pom) {
        Set<String> edges = new TreeSet<>();
        Matcher dependency = DEPENDENCY.matcher(pom);
        while (dependency.find()) {
            Matcher ours = OURS.matcher(dependency.group(1));
            if (ours.find() && !dependency.group(1).contains("<scope>test</scope>")) {
                String line = dependency.group(1).contains("<optional>true</optional>") ? " -.-> " : " --> ";
                edges.add(module + line + ours.group(1));
            }
        }
        return edges;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
