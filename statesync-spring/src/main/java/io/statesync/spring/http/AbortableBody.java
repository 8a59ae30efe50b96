package io.statesync.spring.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the reading of a body end when its thread is interrupted. Most streams do not by themselves, and the JDK's own
 * swallowed the interrupt before Java 20.
 */
final class AbortableBody extends AbstractInterruptibleChannel {

    private static final Logger log = LoggerFactory.getLogger(AbortableBody.class);

    private final InputStream body;

    AbortableBody(InputStream body) {
        this.body = body;
    }

    /**
     * Reads.
     *
     * @throws ClosedByInterruptException if the thread was interrupted meanwhile; its interrupt flag is set
     */
    <R> R read(Reading<R> reading) throws IOException {
        boolean completed = false;
        try {
            begin();
            R read = reading.read(body);
            completed = true;
            return read;
        } finally {
            ended(completed);
        }
    }

    private void ended(boolean completed) throws IOException {
        try {
            end(completed);
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    /* On the thread that interrupts, which may hold a lock: closing can block, so it happens elsewhere. */
    @Override
    protected void implCloseChannel() {
        Thread closer = new Thread(this::closeBody, "statesync-http-abort");
        closer.setDaemon(true);
        closer.start();
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException | RuntimeException e) {
            log.debug("The body of an interrupted request could not be closed", e);
        }
    }

    /** What is done with the body. */
    interface Reading<R> {
        R read(InputStream body) throws IOException;
    }
}
