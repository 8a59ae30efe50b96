package io.statesync.autoconfigure;

import com.sun.source.util.JavacTask;
import io.statesync.spring.docs.Block;
import io.statesync.spring.docs.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the Java blocks of pages, all of a page in one package. A block is a source file, or members of a class, or
 * statements of a method: whichever of these it parses as. The last two stand in a class that extends {@code Around}, which
 * has what the page's hidden comments say.
 */
final class JavaBlocks {

    /** What a reader's editor would add. A block may begin with imports of its own. */
    private static final List<String> IMPORTED = List.of(
            "java.math.BigDecimal",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.concurrent.atomic.*",
            "io.statesync.*",
            "io.statesync.memory.*",
            "io.statesync.mutation.*",
            "io.statesync.mutation.store.*",
            "io.statesync.policy.*",
            "io.statesync.source.*",
            "io.statesync.spring.*",
            "io.statesync.spring.mutation.*",
            "io.statesync.spring.state.*",
            "io.statesync.state.*",
            "io.statesync.test.*",
            "org.junit.jupiter.api.Test",
            "org.springframework.beans.factory.annotation.*",
            "org.springframework.boot.SpringApplication",
            "org.springframework.boot.autoconfigure.SpringBootApplication",
            "org.springframework.boot.context.properties.*",
            "org.springframework.cache.CacheManager",
            "org.springframework.context.annotation.*",
            "org.springframework.core.env.ConfigurableEnvironment",
            "org.springframework.stereotype.*",
            "org.springframework.web.bind.annotation.*",
            "static org.assertj.core.api.Assertions.assertThat",
            "reactor.core.publisher.Flux");

    private static final Pattern OWN_NAME = Pattern.compile(
            "^package ([\\w.]+);.*?^public (?:final )?class (\\w+)", Pattern.DOTALL | Pattern.MULTILINE);

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all: it keeps the jars open. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private JavaBlocks() {}

    /** Compiles them into a directory; an answer for each error, which begins with page and line. */
    static List<String> errors(List<Document> documents, Path classes) {
        List<JavaFileObject> sources = new ArrayList<>();
        for (int page = 0; page < documents.size(); page++) {
            sources.addAll(sources(documents.get(page), "docs.page" + page));
        }
        if (sources.isEmpty()) {
            return List.of();
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options = new ArrayList<>(List.of("-proc:none", "-parameters", "-XDshould-stop.ifError=FLOW"));
        options.addAll(List.of("--release", "17", "-Xmaxerrs", "1000"));
        options.addAll(List.of("-d", classes.toString(), "-classpath", classPath()));
        COMPILER.getTask(null, FILES, diagnostics, options, null, sources).call();
        return diagnostics.getDiagnostics().stream()
                .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .map(JavaBlocks::error)
                .toList();
    }

    private static String error(Diagnostic<? extends JavaFileObject> diagnostic) {
        String message = diagnostic.getMessage(Locale.ROOT);
        return diagnostic.getSource() instanceof Source source
                ? source.page + ":" + (source.line + diagnostic.getLineNumber() - 1) + ": " + message
                : message;
    }

    private static List<JavaFileObject> sources(Document document, String packageName) {
        List<Block> blocks = document.blocks("java");
        if (blocks.isEmpty()) {
            return List.of();
        }
        String around = String.join("\n", document.around());
        String imports = around.lines().filter(JavaBlocks::isImport).collect(Collectors.joining(" "));
        String members = around.lines().filter(line -> !isImport(line)).collect(Collectors.joining("\n"));
        String head = "package " + packageName + "; " + imports + " import static " + packageName + ".Around.*; "
                + IMPORTED.stream().map(it -> "import " + it + ";").collect(Collectors.joining(" ", " ", " "));
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(new Source(document.name(), 1, packageName + ".Around", head + "class Around {" + members + "\n}"));
        for (Block block : blocks) {
            if (block.text().startsWith("package ")) {
                sources.add(new Source(block.page(), block.line(), ownName(block.text()), block.text()));
                continue;
            }
            String name = "Block" + sources.size();
            sources.add(forms(head, block.text(), name)
                    .map(form -> new Source(block.page(), block.line(), packageName + "." + name, form))
                    .filter(JavaBlocks::parses)
                    .findFirst()
                    .orElseGet(() ->
                            new Source(block.page(), block.line(), packageName + "." + name, head + block.text())));
        }
        return sources;
    }

    /* Of a block that says its package: a whole file. */
    private static String ownName(String text) {
        Matcher name = OWN_NAME.matcher(text);
        return name.find() ? name.group(1) + "." + name.group(2) : "unnamed";
    }

    private static Stream<String> forms(String head, String text, String name) {
        String own = text.lines().filter(JavaBlocks::isImport).collect(Collectors.joining(" "));
        String rest = text.lines().map(line -> isImport(line) ? "" : line).collect(Collectors.joining("\n"));
        return Stream.of(
                head + text,
                head + own + " class " + name + " extends Around { " + rest + "\n}",
                head + own + " class " + name + " extends Around { void example() throws Throwable { " + rest
                        + "\n} }");
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private static boolean parses(Source source) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(
                null, FILES, diagnostics, List.of("-proc:none", "--release", "17"), null, List.of(source));
        try {
            task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return diagnostics.getDiagnostics().stream().noneMatch(it -> it.getKind() == Diagnostic.Kind.ERROR);
    }

    /* Surefire's own says only where its launcher is. */
    private static String classPath() {
        String surefires = System.getProperty("surefire.test.class.path");
        return surefires == null ? System.getProperty("java.class.path") : surefires;
    }

    /** A block as a source file. */
    private static final class Source extends SimpleJavaFileObject {

        private final String page;
        private final long line;
        private final String source;

        Source(String page, long line, String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.page = page;
            this.line = line;
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
