package io.statesync.autoconfigure;

import io.statesync.spring.docs.Block;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the YAML blocks of pages as an application would, each document of a block by itself: below {@code statesync} with
 * StateSync's own reader, below the first words that Spring Boot knows by its metadata. Other first words are the application's.
 */
final class YamlBlocks {

    private static final Set<String> KNOWN = new HashSet<>();
    private static final Set<String> MAPS = new HashSet<>();
    private static final Set<String> ROOTS = new HashSet<>();

    static {
        try {
            for (URL url : Collections.list(
                    YamlBlocks.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
                read(url);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private YamlBlocks() {}

    /** What an application would refuse, or not understand. */
    static List<String> errors(Block block) {
        List<String> errors = new ArrayList<>();
        for (String document : block.text().split("(?m)^---.*$")) {
            try {
                errors.addAll(understand(document));
            } catch (RuntimeException e) {
                for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                    errors.add(String.valueOf(cause.getMessage()));
                }
            }
        }
        return errors.stream().map(error -> block.place() + ": " + error).toList();
    }

    private static List<String> understand(String document) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(document.getBytes(StandardCharsets.UTF_8)));
        Properties properties = Objects.requireNonNull(yaml.getObject());
        if (properties.isEmpty()) {
            return List.of("it says nothing");
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new PropertiesPropertySource("block", properties));
        environment.getSystemProperties().putIfAbsent("BROKER_PASSCODE", "for the example of transports.md");
        SettingsReader.read(environment);
        return properties.stringPropertyNames().stream()
                .filter(name -> ROOTS.contains(name.split("[.\\[]")[0]))
                .filter(name -> !name.startsWith("statesync.") && !known(name))
                .map(name -> name + " is no property of Spring Boot")
                .toList();
    }

    private static boolean known(String property) {
        String name = property.replaceAll("\\[\\d+]$", "");
        return KNOWN.contains(plain(name))
                || MAPS.stream().anyMatch(map -> plain(name).startsWith(map + "."));
    }

    private static void read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
                String name = property.get("name").asString();
                KNOWN.add(plain(name));
                ROOTS.add(name.split("\\.")[0]);
                if (property.path("type").asString("").startsWith("java.util.Map")) {
                    MAPS.add(plain(name));
                }
            }
        }
    }

    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
