package io.statesync.spring.json;

import io.statesync.test.Vectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kit's published cases, entry by entry. */
final class VectorEntries {

    private VectorEntries() {}

    static Stream<JsonNode> of(Vectors file, String list) {
        return JsonMapper.shared().readTree(file.json()).get(list).values().stream();
    }
}
