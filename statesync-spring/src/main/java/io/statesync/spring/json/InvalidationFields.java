package io.statesync.spring.json;

import io.statesync.InvalidationEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The known fields of one message, read off a parser; an optional field of a wrong type is dropped (P2). */
final class InvalidationFields {

    private @Nullable String topic;
    private @Nullable String topicProblem = "\"topic\" is missing";
    private @Nullable String revision;
    private @Nullable String revisionProblem = "\"revision\" is missing";
    private @Nullable String sourceId;
    private long timestampMs = InvalidationEvent.NO_TIMESTAMP;
    private @Nullable String traceparent;

    private InvalidationFields() {}

    /** Reads to the end of the object at which the parser stands. */
    static InvalidationFields read(JsonParser json) {
        InvalidationFields fields = new InvalidationFields();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            fields.take(name, json);
        }
        return fields;
    }

    private void take(String name, JsonParser json) {
        switch (name) {
            case "topic" -> {
                topic = string(json);
                topicProblem = topic == null ? wrongType(name, json) : topic.isBlank() ? "\"topic\" is blank" : null;
            }
            case "revision" -> {
                revision = string(json);
                revisionProblem = revision == null ? wrongType(name, json) : null;
            }
            case "sourceId" -> {
                String id = string(json);
                sourceId = id == null || id.length() > InvalidationEvent.MAX_SOURCE_ID_LENGTH ? null : id;
            }
            case "timestampMs" -> timestampMs = timestamp(json);
            case "traceparent" -> traceparent = string(json);
            default -> {
                // a later version's field
            }
        }
        json.skipChildren();
    }

    private static @Nullable String string(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
    }

    private static long timestamp(JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return InvalidationEvent.NO_TIMESTAMP;
        }
        return Math.max(json.getLongValue(), InvalidationEvent.NO_TIMESTAMP);
    }

    private static String wrongType(String name, JsonParser json) {
        return '"' + name + "\" must be a string, got " + StrictJson.nameOf(json);
    }

    /** The topic, if a subscription could be found by it. */
    @Nullable
    String usableTopic() {
        return topicProblem == null ? topic : null;
    }

    @Nullable
    String problem() {
        return topicProblem != null ? topicProblem : revisionProblem;
    }

    /** The event, if there is no {@link #problem()}. */
    InvalidationMessage event() {
        if (topic == null || revision == null) {
            throw new IllegalStateException(problem());
        }
        return new InvalidationMessage.Event(topic, revision, sourceId, timestampMs, traceparent);
    }
}
