package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} has every property, with its default and in the words of the metadata, and no other. */
class ConfigurationDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Path SOURCE = Path.of("src/main/java/io/statesync/autoconfigure/StateSyncProperties.java");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `((?:management\\.endpoint\\.)?statesync(?:transactions)?\\.[^`]+)` \\|", Pattern.MULTILINE);

    @ParameterizedTest
    @MethodSource("properties")
    void thePageHasTheProperty(Property property) throws IOException {
        assertThat(property.description()).endsWith(".");
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `" + property.name() + "` |"))
                .findFirst()
                .orElse("");
        assertThat(row).as("the row of %s", property.name()).endsWith(" | " + property.description() + " |");
        if (property.defaultValue() != null) {
            assertThat(row).contains(" | `" + property.defaultValue() + "` | ");
        }
    }

    @Test
    void thePageHasNoOther() throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            rows.add(row.group(1));
        }
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        properties().map(Property::name).toList());
    }

    static Stream<Property> properties() throws IOException {
        return Stream.of(
                        metadata(),
                        entries("statesync.sources.<name>.", StateSyncProperties.Source.class),
                        entries("statesync.topics.<topic>.", StateSyncProperties.Topic.class))
                .flatMap(List::stream);
    }

    private static List<Property> metadata() throws IOException {
        List<Property> found = new ArrayList<>();
        try (InputStream json =
                ConfigurationDocsTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
                found.add(new Property(
                        property.get("name").asString(),
                        property.path("description").asString(""),
                        property.has("defaultValue")
                                ? property.get("defaultValue").asString()
                                : null));
            }
        }
        return found;
    }

    /* The metadata end at a map: what its entries hold is read from the record and its Javadoc. */
    private static List<Property> entries(String prefix, Class<?> type) throws IOException {
        String source = Files.readString(SOURCE);
        String before = source.substring(0, source.indexOf("record " + type.getSimpleName() + "("));
        String javadoc = before.substring(before.lastIndexOf("/**"));
        List<Property> found = new ArrayList<>();
        for (Parameter component : type.getDeclaredConstructors()[0].getParameters()) {
            Matcher param = Pattern.compile("@param " + component.getName() + " ([^@]+?)\\s*\\*(?=\\s*(@param|/))")
                    .matcher(javadoc);
            String description = param.find() ? param.group(1).replaceAll("\\s*\\n\\s*\\* *", " ") : "";
            if (component.getType().isRecord()) {
                found.addAll(entries(prefix + kebab(component.getName()) + ".", component.getType()));
                continue;
            }
            DefaultValue value = component.getAnnotation(DefaultValue.class);
            found.add(new Property(
                    prefix + kebab(component.getName()),
                    description.strip(),
                    value == null || value.value().length == 0 ? null : value.value()[0]));
        }
        return found;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    record Property(String name, String description, String defaultValue) {
        @Override
        public String toString() {
            return name;
        }
    }
}
