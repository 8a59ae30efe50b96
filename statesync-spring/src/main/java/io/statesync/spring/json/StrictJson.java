package io.statesync.spring.json;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own mappers for what the protocol rules: the application's mapper may have been told to be lenient. The wire is UTF-8,
 * never guessed: a guess that fails would look like a broken stream.
 */
final class StrictJson {

    /** An event is flat; an unknown field of a later version may nest a little. */
    private static final int EVENT_DEPTH = 100;

    static final JsonMapper EVENTS = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(EVENT_DEPTH)
                            .build())
                    .build())
            .build();

    /** Duplicate keys inside the data are the application's business; the codec watches the envelope's own. */
    static final JsonMapper ENVELOPES = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build())
            .build();

    private StrictJson() {}

    /** The revision at which the parser stands: a string in canonical form, never a number (P1). */
    static Revision revision(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new ProtocolException("a revision must be a string, got " + nameOf(parser));
        }
        return Revision.parse(parser.getString());
    }

    /** What stands there instead of what was expected, in the words of JSON. */
    static String nameOf(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> "nothing";
        };
    }
}
