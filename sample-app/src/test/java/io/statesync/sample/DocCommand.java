package io.statesync.sample;

import io.statesync.spring.docs.ShellBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks whether what a command names exists, without running it. */
final class DocCommand {

    private static final Path ROOT = Path.of("..");

    private static final Set<String> PHASES = Set.of("clean", "compile", "test", "package", "verify", "install");

    /** The goals of plugins; the plugins have to be in a pom. */
    private static final Map<String, Set<String>> GOALS = Map.of(
            "spring-boot", Set.of("run", "test-run"),
            "spotless", Set.of("apply", "check"),
            "javadoc", Set.of("javadoc"));

    /** Those of Maven and its plugins; others have to be in a pom or in a source. */
    private static final Set<String> PROPERTIES = Set.of(
            "test",
            "it.test",
            "skipTests",
            "coverage.skip",
            "maven.repo.local",
            "spring-boot.run.profiles",
            "spring-boot.run.arguments",
            "surefire.failIfNoSpecifiedTests",
            "failsafe.failIfNoSpecifiedTests");

    private static final Set<String> WITH_A_VALUE = Set.of("-pl", "-rf", "-P");

    private static final String SOURCES = read("**.java");
    private static final String POMS = read("**pom.xml");

    private DocCommand() {}

    /** What it names and is not there; empty if all is. */
    static List<String> mistakes(String line) {
        List<String> words = new ArrayList<>(ShellBlock.words(line));
        while (words.get(0).matches("[A-Z_]+=.*")) {
            words.remove(0);
        }
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "mvn" -> maven(arguments);
            case "java" -> java(arguments);
            case "npm" -> npm(arguments);
            // sent by DocCommandsIT; cmp and the like have nothing of ours
            case "curl", "cmp", "cd", "mkdir" -> List.of();
            default -> script(words.get(0), arguments);
        };
    }

    /** A script of the project, which knows each word that it is given. */
    private static List<String> script(String name, List<String> arguments) {
        Path script = ROOT.resolve(name);
        if (!Files.isExecutable(script) || Files.isDirectory(script)) {
            return List.of("nobody checks " + name);
        }
        String text = text(script);
        return arguments.stream()
                .filter(argument -> !Pattern.compile("\\b" + Pattern.quote(argument) + "\\b")
                        .matcher(text)
                        .find())
                .map(argument -> name + " knows no " + argument)
                .toList();
    }

    /** Whether a class of this name is among the tests. */
    static boolean isTest(String name) {
        return Pattern.compile("class " + name.replace("*", "\\w*") + "\\b")
                .matcher(SOURCES)
                .find();
    }

    private static List<String> maven(List<String> arguments) {
        List<String> mistakes = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (WITH_A_VALUE.contains(argument)) {
                i++;
                if (argument.equals("-pl")) {
                    missing(List.of(arguments.get(i).split(",")), mistakes);
                }
            } else if (argument.startsWith("-P")) {
                if (!POMS.contains("<id>" + argument.substring(2) + "</id>")) {
                    mistakes.add("no profile " + argument);
                }
            } else if (argument.startsWith("-D")) {
                property(argument.substring(2), mistakes);
            } else if (!argument.startsWith("-") && !isGoal(argument)) {
                mistakes.add("no goal " + argument);
            }
        }
        return mistakes;
    }

    private static boolean isGoal(String word) {
        String[] parts = word.split(":");
        return PHASES.contains(word)
                || parts.length == 2
                        && GOALS.getOrDefault(parts[0], Set.of()).contains(parts[1])
                        && (POMS.contains("<artifactId>" + parts[0] + "-maven-plugin<")
                                || POMS.contains("<artifactId>maven-" + parts[0] + "-plugin<"));
    }

    private static void property(String definition, List<String> mistakes) {
        String[] parts = definition.split("=", 2);
        String name = parts[0];
        String value = parts.length == 1 ? "" : parts[1];
        if (!PROPERTIES.contains(name) && !SOURCES.contains('"' + name + '"') && !POMS.contains(name)) {
            mistakes.add("nobody reads " + name);
        }
        switch (name) {
            case "test", "it.test" -> tests(value, mistakes);
            // the coverage agent sets it, and what is given is lost: a property reaches the tests by itself
            case "argLine" -> mistakes.add("argLine does not reach the tests");
            case "spring-boot.run.profiles" ->
                Stream.of(value.split(","))
                        .map(profile -> "sample-app/src/main/resources/application-" + profile + ".yml")
                        .filter(file -> !Files.exists(ROOT.resolve(file)))
                        .forEach(file -> mistakes.add("no " + file));
            default -> {}
        }
    }

    private static void tests(String names, List<String> mistakes) {
        for (String name : names.split(",")) {
            String[] parts = name.split("#");
            if (!name.equals("none") && !isTest(parts[0])) {
                mistakes.add("no test " + parts[0]);
            } else if (parts.length == 2 && !SOURCES.contains("void " + parts[1] + "(")) {
                mistakes.add("no case " + parts[1]);
            }
        }
    }

    private static void missing(List<String> modules, List<String> mistakes) {
        modules.stream()
                .filter(module -> !Files.exists(ROOT.resolve(module).resolve("pom.xml")))
                .forEach(module -> mistakes.add("no module " + module));
    }

    private static List<String> java(List<String> arguments) {
        if (arguments.get(0).equals("-jar")) {
            String jar = arguments.get(1);
            boolean known = jar.equals("sample-app/target/sample-app-" + version() + ".jar")
                    || jar.equals("target/shop-0.0.1-SNAPSHOT.jar"); // of the quickstart, whose test reads its pom
            return known ? List.of() : List.of("no jar " + jar);
        }
        String program = arguments.get(2);
        return Files.exists(ROOT.resolve("statesync-test/src/test/java/" + program.replace('.', '/') + ".java"))
                ? List.of()
                : List.of("no program " + program);
    }

    private static List<String> npm(List<String> arguments) {
        String script = arguments.get(0).equals("run") ? arguments.get(1) : arguments.get(0);
        return script.equals("ci") || read("browser/package.json").contains('"' + script + "\":")
                ? List.of()
                : List.of("no script " + script);
    }

    private static String version() {
        return POMS.replaceFirst("(?s).*<artifactId>statesync-parent</artifactId>\\s*<version>([^<]+)<.*", "$1");
    }

    private static String read(String glob) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.flatMap(DocCommand::files)
                    .filter(file ->
                            ROOT.getFileSystem().getPathMatcher("glob:" + glob).matches(ROOT.relativize(file)))
                    .map(DocCommand::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path module) {
        Stream<Path> own = Stream.of(module, module.resolve("pom.xml"), module.resolve("package.json"));
        return Stream.concat(own.filter(Files::isRegularFile), sources(module.resolve("src")));
    }

    private static Stream<Path> sources(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
