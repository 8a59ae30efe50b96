package io.statesync.spring.http;

import io.statesync.ProtocolException;
import io.statesync.spring.http.HttpSourceException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** One GET for JSON: each way in which it can fail has its own words, and the body is read as it comes. */
final class JsonExchange {

    private static final Logger log = LoggerFactory.getLogger(JsonExchange.class);

    private static final int SHORT_BODY = 8 * 1024;

    private final RestClient client;
    private final long maxSize;
    private final RefusedStatus refused;

    JsonExchange(RestClient client, long maxSize, RefusedStatus refused) {
        this.client = client;
        this.maxSize = maxSize;
        this.refused = refused;
    }

    /**
     * Asks.
     *
     * @param etag what the caller has already, or null
     * @return empty if that is still the newest
     * @throws ProtocolException if the answer is not what the protocol asks for
     */
    <R> Optional<R> get(URI uri, Question question, @Nullable String etag, BodyReader<R> reader)
            throws InterruptedException {
        try {
            return client.get()
                    .uri(uri)
                    .headers(headers -> {
                        headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
                        headers.set(HttpHeaders.ACCEPT_ENCODING, "gzip");
                        if (etag != null) {
                            headers.set(HttpHeaders.IF_NONE_MATCH, etag);
                        }
                    })
                    .exchangeForRequiredValue((request, response) -> answer(response, question, etag, reader));
        } catch (ResourceAccessException e) {
            if (e.getCause() instanceof ZipException broken) {
                // some HTTP libraries look at the beginning of the body before they show the answer
                throw ConnectionFailures.brokenGzip(question, broken);
            }
            throw interruptionOr(ConnectionFailures.whileAsking(question, e));
        } catch (HttpSourceException e) {
            throw interruptionOr(e);
        }
    }

    private <R> Optional<R> answer(
            ClientHttpResponse response, Question question, @Nullable String etag, BodyReader<R> reader)
            throws IOException {
        int status = response.getStatusCode().value();
        if (status == HttpStatus.NOT_MODIFIED.value()) {
            if (etag == null) {
                throw new ProtocolException(question.said("answered 304, though it was asked without a condition"));
            }
            return Optional.empty();
        }
        if (status != HttpStatus.OK.value()) {
            discard(response);
            throw refused.explain(question, response);
        }
        // closed here in any case: Spring would drain what was not read, however much it is
        try (InputStream sent = response.getBody()) {
            requireJson(response);
            requireAllowed(response);
            return Optional.of(
                    new AbortableBody(sent).read(in -> reader.read(unpacked(in, response), response.getHeaders())));
        } catch (ProtocolException e) {
            throw new ProtocolException(question.said("sent something unusable: " + e.getMessage()), e);
        } catch (LimitedInputStream.LimitExceeded e) {
            throw question.failed(Kind.TOO_LARGE, "sent more than the " + maxSize + " bytes of max-snapshot-size", e);
        } catch (ZipException e) {
            throw ConnectionFailures.brokenGzip(question, e);
        } catch (IOException e) {
            throw ConnectionFailures.whileReading(question, e);
        }
    }

    private static void requireJson(ClientHttpResponse response) {
        String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isJson(type)) {
            throw new ProtocolException((type == null ? "no content type" : type)
                    + " instead of application/json; is it a login page or another application?");
        }
    }

    private static boolean isJson(String type) {
        try {
            return MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException | IndexOutOfBoundsException e) {
            // the latter is Spring's parser falling over some
            return false;
        }
    }

    /* A short one is read, so that the connection can be used again. */
    private static void discard(ClientHttpResponse response) {
        try (InputStream body = response.getBody()) {
            new AbortableBody(body).read(in -> in.readNBytes(SHORT_BODY));
        } catch (IOException e) {
            log.debug("The body of an error could not be read; its status says enough", e);
        }
    }

    private void requireAllowed(ClientHttpResponse response) throws LimitedInputStream.LimitExceeded {
        if (response.getHeaders().getContentLength() > maxSize) {
            throw new LimitedInputStream.LimitExceeded();
        }
    }

    private LimitedInputStream unpacked(InputStream sent, ClientHttpResponse response) throws IOException {
        LimitedInputStream limited = new LimitedInputStream(sent, maxSize);
        // some HTTP libraries unpack by themselves, and then the header is gone
        String encoding = response.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
        return "gzip".equalsIgnoreCase(encoding)
                ? new LimitedInputStream(new GZIPInputStream(limited), maxSize)
                : limited;
    }

    /* A stop or a fetch time-out interrupts this thread: not a failure of the source. */
    private static HttpSourceException interruptionOr(HttpSourceException failure) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while a source was asked");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return failure;
    }

    /** Turns a body into an answer while it comes. */
    interface BodyReader<R> {
        R read(LimitedInputStream body, HttpHeaders headers) throws IOException;
    }
}
