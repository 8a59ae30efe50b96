package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.statesync.spring.docs.Block;
import io.statesync.spring.docs.Document;
import io.statesync.spring.docs.Documents;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every block of every page is what it says it is: Java compiles, and runs where it is a test; YAML is understood; JSON and XML
 * are read. Commands are {@code DocCommandsTest} and {@code DocCommandsIT} of the sample, JavaScript is the browser's tests.
 */
class DocSnippetsTest {

    /** What is not checked at all says so: {@code text}. */
    private static final Set<String> LANGUAGES =
            Set.of("java", "yaml", "json", "xml", "html", "js", "sh", "console", "mermaid", "text");

    private static final Set<String> DIAGRAMS = Set.of("flowchart", "sequenceDiagram", "stateDiagram-v2", "graph");

    @TempDir
    private static Path classes;

    private static List<String> javaErrors = List.of();

    @BeforeAll
    static void compile() {
        javaErrors = JavaBlocks.errors(Documents.all(), classes);
    }

    @TestFactory
    Stream<DynamicTest> theJavaBlocksCompile() {
        return Documents.all().stream()
                .filter(page -> !page.blocks("java").isEmpty())
                .map(page -> DynamicTest.dynamicTest(
                        page.name(),
                        () -> assertThat(javaErrors)
                                .filteredOn(error -> error.startsWith(page.name() + ":"))
                                .isEmpty()));
    }

    @Test
    void nothingElseIsWrongWithTheJavaBlocks() {
        assertThat(javaErrors).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> theTestsOfThePagesPass() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        for (Path file : compiled()) {
            String name = classes.relativize(file)
                    .toString()
                    .replaceAll("[/\\\\]", ".")
                    .replaceAll("\\.class$", "");
            for (Method method : loader.loadClass(name).getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    tests.add(DynamicTest.dynamicTest(name + "." + method.getName(), () -> run(method)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(1);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> theYamlBlocksAreUnderstood() {
        return Documents.blocks("yaml").stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.place(),
                        () -> assertThat(YamlBlocks.errors(block)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> theJsonBlocksAreRead() {
        return Documents.blocks("json").stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.place(),
                        () -> assertThatNoException()
                                .isThrownBy(() -> JsonMapper.shared().readTree(block.text()))));
    }

    @TestFactory
    Stream<DynamicTest> theXmlBlocksNameModulesOfThisVersion() {
        return Documents.blocks("xml").stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.place(), () -> assertThat(unknownModules(block)).isEmpty()));
    }

    @Test
    void everyBlockSaysWhatItIs() {
        assertThat(Documents.all().stream().flatMap(page -> page.blocks().stream()))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(LANGUAGES).as(block.place()).contains(block.language()));
        assertThat(Documents.blocks("mermaid"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(DIAGRAMS)
                        .as(block.place())
                        .contains(block.text().split("\\s")[0]));
    }

    @Test
    void plantedMistakesAreFound() {
        assertThat(javaErrorsOf("```java\nclass Wrong { Strin text; }\n```\n"))
                .first()
                .asString()
                .contains("Strin");
        assertThat(javaErrorsOf("\n\n```java\nint fine = 1;\nint wrong = \"1\";\n```\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("wrong.md:5: ");
        assertThat(javaErrorsOf("```java\n@Bean String half( {\n```\n")).isNotEmpty();
        assertThat(javaErrorsOf("<!-- around\nint known;\n-->\n```java\nint fine = known;\n```\n"))
                .isEmpty();
        assertThat(yamlErrorsOf("statesync: { topics: { prices: { exposed: true } } }"))
                .last()
                .asString()
                .contains("exposed");
        assertThat(yamlErrorsOf("a: 1\n---\nspring: { kafka: { bootstrap-server: here } }"))
                .first()
                .asString()
                .contains("spring.kafka.bootstrap-server");
        assertThat(yamlErrorsOf("management.endpoint.health.group.readiness.include: statesync"))
                .isEmpty();
    }

    private static List<String> javaErrorsOf(String page) {
        return JavaBlocks.errors(List.of(new Document("wrong.md", page)), classes);
    }

    private static List<String> yamlErrorsOf(String yaml) {
        return YamlBlocks.errors(new Block("wrong.md", 1, "yaml", yaml, List.of()));
    }

    private static List<Path> compiled() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static void run(Method test) throws Exception {
        Constructor<?> constructor = test.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        test.setAccessible(true);
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(test.getDeclaringClass().getClassLoader());
        try {
            test.invoke(constructor.newInstance());
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static List<String> unknownModules(Block block) throws Exception {
        Element root = parse("<all>" + block.text() + "</all>");
        String version = child(parse(Files.readString(Path.of("../pom.xml"))), "version");
        List<String> unknown = new ArrayList<>();
        NodeList dependencies = root.getElementsByTagName("dependency");
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            String module = child(dependency, "artifactId");
            if (child(dependency, "groupId").equals("io.statesync")
                    && !(Files.exists(Path.of("..", module, "pom.xml"))
                            && (child(dependency, "version").isEmpty()
                                    || child(dependency, "version").equals(version)))) {
                unknown.add(block.place() + ": " + module + ":" + child(dependency, "version"));
            }
        }
        return unknown;
    }

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static String child(Element element, String name) {
        NodeList children = element.getElementsByTagName(name);
        return children.getLength() == 0
                ? ""
                : children.item(0).getTextContent().strip();
    }
}
