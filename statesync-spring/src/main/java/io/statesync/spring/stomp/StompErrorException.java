package io.statesync.spring.stomp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;

/** The server sent an ERROR frame: it refused something, and closes the connection. */
final class StompErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 300;

    private final @Nullable String receiptId;

    private StompErrorException(String message, @Nullable String receiptId) {
        super(message);
        this.receiptId = receiptId;
    }

    static StompErrorException of(StompHeaderAccessor error, byte[] body) {
        String message = error.getMessage();
        String said = message != null ? message : new String(body, StandardCharsets.UTF_8);
        String shown = said.length() > SHOWN ? said.substring(0, SHOWN) + "..." : said;
        return new StompErrorException(
                shown.isBlank() ? "no reason given" : shown.replaceAll("\\p{Cc}", " "), error.getReceiptId());
    }

    /** Of the frame that was refused, if the server said so. */
    @Nullable
    String receiptId() {
        return receiptId;
    }
}
