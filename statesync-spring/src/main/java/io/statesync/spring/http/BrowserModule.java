package io.statesync.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;

/**
 * Serves the browser's side, {@code GET} and {@code HEAD .../statesync.js}: the same bytes as long as this runs. Whoever may
 * ask may have it: it says nothing of any topic. Safe for use by any thread.
 */
final class BrowserModule implements HttpRequestHandler {

    /** Below this package; made by the build from {@code browser/statesync.js}. */
    static final String RESOURCE = "statesync.js";

    private static final String CONTENT_TYPE = "text/javascript;charset=UTF-8";

    private final EncodedSnapshot.Body plain;
    private final EncodedSnapshot.@Nullable Body gzip;

    BrowserModule() {
        byte[] bytes = read();
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        String tag = HexFormat.of().toHexDigits((int) checksum.getValue());
        plain = new EncodedSnapshot.Body('"' + tag + '"', bytes, false);
        gzip = EncodedSnapshot.compressed(tag, bytes);
    }

    private static byte[] read() {
        try (InputStream resource = BrowserModule.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(
                        RESOURCE + " is not beside " + BrowserModule.class.getName() + ": build it with Maven");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = Problem.refusalOfMethod(request);
        if (problem != null) {
            problem.write(request, response);
            return;
        }
        EncodedSnapshot.Body body = gzip != null && Negotiation.acceptsGzip(request) ? gzip : plain;
        if (Negotiation.alreadyHas(request, body.etag())) {
            BodyHeaders.validators(body, response);
            response.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        BodyHeaders.all(body, CONTENT_TYPE, response);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body.bytes());
        }
    }
}
