package io.statesync.spring.http;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/** The headers of a body that is there in two forms and may be asked for again with its tag. */
final class BodyHeaders {

    private BodyHeaders() {}

    /** Those of a 304, too. */
    static void validators(EncodedSnapshot.Body body, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, body.etag());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    static void all(EncodedSnapshot.Body body, String contentType, HttpServletResponse response) {
        validators(body, response);
        response.setContentType(contentType);
        response.setContentLength(body.bytes().length);
        if (body.compressed()) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
    }
}
