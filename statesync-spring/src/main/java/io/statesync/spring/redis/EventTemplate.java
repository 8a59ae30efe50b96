package io.statesync.spring.redis;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.spring.json.InvalidationCodec;
import java.nio.charset.StandardCharsets;

/**
 * An event whose revision only the server knows.
 *
 * @param before its JSON up to the digits of the revision
 * @param after its JSON from there on
 */
record EventTemplate(String before, String after) {

    private static final String KEY = "\"revision\":\"";

    /** @param event its revision is {@link Revision#ZERO} */
    static EventTemplate of(InvalidationEvent event) {
        String json = new String(new InvalidationCodec().encode(event), StandardCharsets.UTF_8);
        // inside a value the quotes would be escaped, so this is the key itself
        int digits = json.indexOf(KEY) + KEY.length();
        return new EventTemplate(
                json.substring(0, digits),
                json.substring(digits + Revision.ZERO.toString().length()));
    }
}
