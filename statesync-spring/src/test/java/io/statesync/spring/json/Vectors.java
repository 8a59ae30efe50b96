package io.statesync.spring.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol's published cases, from the kit's class path. */
final class Vectors {

    private Vectors() {}

    static Stream<JsonNode> entries(String file, String list) {
        String resource = "/io/statesync/test/vectors/" + file;
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.shared().readTree(in).get(list).values().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
