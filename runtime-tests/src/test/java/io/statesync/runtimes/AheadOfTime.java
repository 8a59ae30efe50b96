package io.statesync.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Processes an application ahead of time as the build plugins do: in a JVM of its own, then the compiler. */
record AheadOfTime(ClassPath classPath, Path folder) {

    private static final String PROCESSOR = "org.springframework.boot.SpringApplicationAotProcessor";

    /** What the application needs at run time besides its class path. */
    Path process(Class<?> application, List<String> arguments) throws IOException {
        Path sources = folder.resolve("sources");
        Path classes = folder.resolve("classes");
        List<String> all = new ArrayList<>(List.of(
                application.getName(),
                sources.toString(),
                classes.toString(),
                classes.toString(),
                "io.statesync",
                "runtime-tests"));
        all.addAll(arguments);
        try (ChildJvm processor = ChildJvm.start(classPath, List.of(), PROCESSOR, all)) {
            assertThat(processor.awaitExit()).as(processor::output).isZero();
        }
        compile(sources, classes);
        return classes;
    }

    private void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-nowarn", "-cp", classPath.and(classes).toString(), "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(messages::toString).isTrue();
        }
    }
}
