package io.statesync.autoconfigure;

import io.statesync.spring.stomp.StompTransport;
import io.statesync.test.RecordingHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;

/** One user's connection to the web socket of a {@link SecuredSource}. */
final class Listening implements AutoCloseable {

    final RecordingHandler heard = new RecordingHandler();
    private final StompTransport transport;

    Listening(SecuredSource source, String user) {
        transport = StompTransport.to(List.of(source.url().toString()))
                .handshakeHeaders(headers -> {
                    if (!user.isEmpty()) {
                        headers.set(HttpHeaders.AUTHORIZATION, user);
                    }
                })
                .build();
    }

    /** Completed when the source has it, failed when it refuses. */
    CompletableFuture<Void> to(String topic) {
        return transport.subscribe(topic, heard).active().toCompletableFuture();
    }

    /** Why there is no connection; null while nothing is known of it. */
    Throwable trouble() {
        return transport.connection().lastError();
    }

    @Override
    public void close() {
        transport.close();
    }
}
