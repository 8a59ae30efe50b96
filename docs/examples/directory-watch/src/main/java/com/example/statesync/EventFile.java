package com.example.statesync;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationHandler;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as the text of a file: {@link Properties}, which escape what a line cannot hold. */
final class EventFile {

    private EventFile() {}

    /** The same for the same topic, and no longer than file systems allow: a name may have 255 code points. */
    static String name(String topic) {
        return UUID.nameUUIDFromBytes(topic.getBytes(StandardCharsets.UTF_8)) + ".event";
    }

    /** @param serial makes the text differ from that of an equal event before */
    static String write(InvalidationEvent event, long serial) {
        Properties fields = new Properties();
        fields.setProperty("serial", Long.toString(serial));
        fields.setProperty("topic", event.topic());
        fields.setProperty("revision", event.revision().toString());
        fields.setProperty("timestampMs", Long.toString(event.timestampMs()));
        set(fields, "sourceId", event.sourceId());
        set(fields, "traceparent", event.traceparent());
        StringWriter text = new StringWriter();
        try {
            fields.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException(e); // a StringWriter has none
        }
        return text.toString();
    }

    /** Decodes and hands over; whether the values are right is the engine's to say. */
    static void read(String text, InvalidationHandler handler) {
        Properties fields = new Properties();
        long timestamp;
        try {
            fields.load(new StringReader(text));
            if (fields.getProperty("topic") == null || fields.getProperty("revision") == null) {
                throw new IllegalArgumentException("a file without a topic or without a revision");
            }
            timestamp = Long.parseLong(fields.getProperty("timestampMs", "-1"));
        } catch (IOException | IllegalArgumentException e) {
            handler.onMalformed(text, e);
            return;
        }
        handler.onInvalidation(
                fields.getProperty("topic"),
                fields.getProperty("revision"),
                fields.getProperty("sourceId"),
                timestamp,
                fields.getProperty("traceparent"));
    }

    private static void set(Properties fields, String name, @Nullable String value) {
        if (value != null) {
            fields.setProperty(name, value);
        }
    }
}
