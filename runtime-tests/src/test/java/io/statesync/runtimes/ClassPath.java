package io.statesync.runtimes;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths for other JVMs, cut out of that of this one. */
record ClassPath(List<Path> entries) {

    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    /** What {@code spring-boot-starter} brings, and StateSync without its starter. */
    private static final Set<String> BOOT_ALONE = Set.of(
            "runtime-tests",
            "statesync-core",
            "statesync-spring",
            "statesync-spring-boot-autoconfigure",
            "spring-boot",
            "spring-boot-autoconfigure",
            "spring-core",
            "spring-beans",
            "spring-context",
            "spring-aop",
            "spring-expression",
            "micrometer-commons",
            "micrometer-observation",
            "commons-logging",
            "slf4j-api",
            "jul-to-slf4j",
            "logback-classic",
            "logback-core",
            "log4j-api",
            "log4j-to-slf4j",
            "snakeyaml",
            "jakarta.annotation-api",
            "jspecify");

    /** What a STOMP client and {@code spring-boot-starter-restclient} need besides. */
    private static final Set<String> CLIENTS = Set.of(
            "spring-web",
            "spring-messaging",
            "spring-websocket",
            "spring-boot-restclient",
            "spring-boot-http-client",
            "spring-boot-http-converter",
            "spring-boot-jackson",
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "tyrus-standalone-client");

    private static final Predicate<String> TEST = Pattern.compile(
                    "junit|assertj|opentest4j|apiguardian|byte-buddy|awaitility|hamcrest")
            .asPredicate();
    private static final Predicate<String> JETTY = Pattern.compile(
                    "jetty|^asm|enterprise|inject-api|interceptor|transaction-api")
            .asPredicate();
    private static final Predicate<String> ACTUATOR = Pattern.compile(
                    "actuator|spring-boot-health|micrometer-jakarta9|spring-boot-(starter-)?micrometer")
            .asPredicate();
    private static final Predicate<String> TYRUS = Pattern.compile("tyrus").asPredicate();
    private static final Predicate<String> TOMCAT = Pattern.compile(
                    "spring-boot.*-tomcat|tomcat-embed-(core|websocket)")
            .asPredicate();

    /** As with {@code statesync-spring-boot-starter}. */
    static ClassPath withTomcat() {
        return all().keep(TEST.or(JETTY).or(TYRUS).or(ACTUATOR).negate());
    }

    /** The starter and {@code spring-boot-starter-actuator}, without this module. */
    static ClassPath withActuator() {
        return all().keep(TEST.or(JETTY).or(TYRUS).or("runtime-tests"::equals).negate());
    }

    /** The starter without Tomcat's, and {@code spring-boot-starter-jetty} instead. */
    static ClassPath withJetty() {
        return all().keep(TEST.or(TOMCAT).or(TYRUS).or(ACTUATOR).negate());
    }

    /** Neither a server nor the servlet API; a replica over STOMP and HTTP. */
    static ClassPath withoutServer() {
        return all().keep(name -> BOOT_ALONE.contains(name) || CLIENTS.contains(name));
    }

    /** Neither web nor JSON. */
    static ClassPath withBootAlone() {
        return all().keep(BOOT_ALONE::contains);
    }

    ClassPath and(Path entry) {
        List<Path> more = new ArrayList<>(entries);
        more.add(entry);
        return new ClassPath(more);
    }

    /** The names of its artifacts. */
    List<String> names() {
        return entries.stream().map(ClassPath::name).toList();
    }

    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static ClassPath all() {
        return new ClassPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !isOfTests(entry))
                .toList());
    }

    private ClassPath keep(Predicate<String> wanted) {
        return new ClassPath(
                entries.stream().filter(entry -> wanted.test(name(entry))).toList());
    }

    /* The reader of pages: tests of another module. */
    private static boolean isOfTests(Path entry) {
        return entry.toString().contains("statesync-spring")
                && (entry.endsWith("test-classes") || entry.toString().endsWith("-tests.jar"));
    }

    /* "spring-core" of spring-core-7.0.8.jar; of a folder below "target" the name of the module. */
    private static String name(Path entry) {
        String file = entry.getFileName().toString();
        return file.endsWith(".jar")
                ? VERSION.matcher(file).replaceFirst("")
                : entry.getParent().getParent().getFileName().toString();
    }
}
