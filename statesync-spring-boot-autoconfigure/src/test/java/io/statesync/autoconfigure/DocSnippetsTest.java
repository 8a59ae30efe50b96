package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** The pages that say so have Java blocks that compile, together, and YAML blocks that say nothing unknown below statesync. */
class DocSnippetsTest {

    private static final Path DOCS = Path.of("../docs");
    private static final String SAYS_SO = "The Java blocks of this page are compiled in each build";
    private static final Pattern BLOCK =
            Pattern.compile("^```(java|yaml)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What a reader's editor would add. A block may begin with imports of its own. */
    private static final List<String> IMPORTED = List.of(
            "java.math.BigDecimal",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
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
            "org.springframework.beans.factory.annotation.*",
            "org.springframework.boot.context.properties.*",
            "org.springframework.cache.CacheManager",
            "org.springframework.context.annotation.*",
            "org.springframework.core.env.ConfigurableEnvironment",
            "org.springframework.stereotype.*",
            "reactor.core.publisher.Flux");

    @TempDir
    private Path classes;

    @TestFactory
    Stream<DynamicTest> theJavaBlocksCompile() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> compile(page)));
    }

    @TestFactory
    Stream<DynamicTest> theYamlBlocksAreUnderstood() throws IOException {
        return pages().map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> {
            for (String block : blocks(page, "yaml")) {
                understand(block);
            }
        }));
    }

    @Test
    void aPageThatDoesNotCompileIsFound() throws IOException {
        Path page = Files.writeString(classes.resolve("wrong.md"), "```java\nclass Wrong { Strin text; }\n```\n");
        assertThat(errors(page)).hasSize(1).first().asString().contains("Strin");
    }

    private static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> all = Files.walk(DOCS)) {
            for (Path page :
                    all.filter(it -> it.toString().endsWith(".md")).sorted().toList()) {
                if (Files.readString(page).contains(SAYS_SO)) {
                    pages.add(page);
                }
            }
        }
        assertThat(pages).extracting(page -> page.getFileName().toString()).contains("state.md");
        return pages.stream();
    }

    private void compile(Path page) throws IOException {
        assertThat(blocks(page, "java")).isNotEmpty();
        assertThat(errors(page)).isEmpty();
    }

    private List<String> errors(Path page) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String block : blocks(page, "java")) {
            sources.add(new Block("Block" + (sources.size() + 1), block));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-parameters", "-d", classes.toString(), "-classpath", classPath());
        compiler.getTask(null, null, diagnostics, options, null, sources).call();
        return diagnostics.getDiagnostics().stream()
                .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
                .map(it -> it.getSource() + ":" + it.getLineNumber() + ": " + it.getMessage(Locale.ROOT))
                .toList();
    }

    /* Surefire's own says only where its launcher is. */
    private static String classPath() {
        String surefires = System.getProperty("surefire.test.class.path");
        return surefires == null ? System.getProperty("java.class.path") : surefires;
    }

    private static void understand(String block) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
        Properties properties = yaml.getObject();
        assertThat(properties).isNotEmpty();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new PropertiesPropertySource("block", properties));
        assertThatNoException().as(block).isThrownBy(() -> SettingsReader.read(environment));
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** A block as a source file. */
    private static final class Block extends SimpleJavaFileObject {

        private final String source;

        Block(String name, String block) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            source = IMPORTED.stream().map(it -> "import " + it + ";").collect(Collectors.joining(" ")) + " " + block;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
