package io.statesync.spring.http;

import io.statesync.spring.http.HttpSourceException.Kind;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one address, as its errors show it.
 *
 * @param topic the one topic, or null for the revisions of many
 */
record Question(@Nullable String topic, URI address) {

    HttpSourceException failed(Kind kind, String how, @Nullable Throwable cause) {
        return new HttpSourceException(kind, said(how), cause);
    }

    /** A message in the words "topic "x": the source at (address) (how)". */
    String said(String how) {
        return (topic == null ? "revisions" : "topic \"" + topic + '"') + ": the source at " + address + " " + how;
    }
}
