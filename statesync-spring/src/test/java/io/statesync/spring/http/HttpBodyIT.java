package io.statesync.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.ProtocolException;
import io.statesync.Revision;
import io.statesync.SnapshotEnvelope;
import io.statesync.spring.http.HttpSourceException.Kind;
import io.statesync.spring.http.MisbehavingServer.Then;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against bodies that are packed, broken, endless, or do not come. */
class HttpBodyIT extends HttpSourceBed {

    @ParameterizedTest
    @EnumSource
    void gzipIsUnpackedWhicheverLibraryCarriesIt(Library library) throws Exception {
        byte[] packed = gzip("{\"revision\":\"7\",\"data\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        URI url = server.raw(gzipHead(packed.length), packed, Then.CLOSE);

        assertThat(source(library, url).provider("prices", String.class).getSnapshot())
                .isEqualTo(new SnapshotEnvelope<>(new Revision(7), "x"));
        assertThat(server.requests().get(0)).containsIgnoringCase("Accept-Encoding: gzip");
    }

    @ParameterizedTest
    @EnumSource
    void aSmallPackageOfALargeBodyIsOverTheLimit(Library library) throws Exception {
        byte[] bomb =
                gzip(("{\"revision\":\"7\",\"data\":\"" + "0".repeat(50_000_000)).getBytes(StandardCharsets.UTF_8));
        URI url = server.raw(gzipHead(bomb.length), bomb, Then.CLOSE);

        assertThat(bomb.length).isLessThan(1_000_000);
        assertKind(() -> source(library, url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
    }

    @Test
    void aBodyThatIsSaidToBeTooLargeIsNotRead() {
        URI url = server.raw(
                MisbehavingServer.head(200, "Content-Type: application/json", "Content-Length: 1000001"),
                new byte[0],
                Then.HANG);

        assertKind(() -> source(url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessBodyIsNotReadToItsEnd(Library library) {
        URI url = server.raw(
                MisbehavingServer.head(200, "Content-Type: application/json"),
                "{\"revision\":\"7\",\"data\":\"".getBytes(StandardCharsets.US_ASCII),
                Then.GO_ON_FOR_EVER);

        assertKind(() -> source(library, url).provider("prices", String.class).getSnapshot(), Kind.TOO_LARGE);
        await().until(() -> server.brokenOff() == 1);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatStallsIsATimeOutAndNoProtocolError(Library library) {
        URI url = server.stalling();

        assertKind(
                () -> source(library.factory(Duration.ofMillis(200)), url)
                        .provider("prices", String.class)
                        .getSnapshot(),
                Kind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsTheWaitForAnAnswer(boolean stallsInTheBody) {
        URI url = stallsInTheBody ? server.stalling() : server.silent();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                source(url).provider("prices", String.class).getSnapshot();
                ended.complete(null);
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        caller.start();
        await().until(() -> server.answered() == 1);

        caller.interrupt();

        assertThat(ended.join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aBrokenGzipIsAProtocolError() {
        URI url = server.raw(gzipHead(4), "oops".getBytes(StandardCharsets.US_ASCII), Then.CLOSE);

        assertThatThrownBy(() -> source(url).provider("prices", String.class).getSnapshot())
                .isInstanceOf(ProtocolException.class);
    }

    private static String gzipHead(int length) {
        return MisbehavingServer.head(
                200, "Content-Type: application/json", "Content-Encoding: gzip", "Content-Length: " + length);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
