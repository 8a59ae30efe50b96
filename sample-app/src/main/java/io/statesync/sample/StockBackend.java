package io.statesync.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.statesync.spring.mutation.TransactionRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Treats transactions as it is told to, so that you can see what a replica makes of that. */
@Component
@Profile("!replica & !shared")
class StockBackend {

    private final Stock stock;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong applied = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    private final Set<CompletableFuture<@Nullable Void>> waiting = ConcurrentHashMap.newKeySet();

    private volatile Mode mode = Mode.OK;
    private volatile int delayMillis = 3000;

    StockBackend(Stock stock) {
        this.stock = stock;
    }

    /** From now on; those that wait are answered at once. */
    void treat(Mode newMode, int newDelayMillis) {
        delayMillis = newDelayMillis;
        mode = newMode;
        waiting.forEach(delay -> delay.complete(null));
    }

    Report report() {
        return new Report(mode, delayMillis, received.get(), applied.get(), repeated.get());
    }

    CompletableFuture<Issued> receive(String idempotencyKey, TransactionRequest transaction) {
        received.incrementAndGet();
        return switch (mode) {
            case OK -> CompletableFuture.completedFuture(apply(idempotencyKey, transaction));
            case SLOW -> delay().thenApplyAsync(over -> apply(idempotencyKey, transaction));
            case FAILING -> throw failing();
            case REFUSING -> throw new RefusedTransactionException("The source was told to refuse all transactions.");
        };
    }

    private CompletableFuture<@Nullable Void> delay() {
        CompletableFuture<@Nullable Void> delay = new CompletableFuture<>();
        waiting.add(delay);
        return delay.completeOnTimeout(null, delayMillis, TimeUnit.MILLISECONDS)
                .whenComplete((over, never) -> waiting.remove(delay));
    }

    private Issued apply(String idempotencyKey, TransactionRequest transaction) {
        Stock.Applied done = stock.apply(idempotencyKey, transaction);
        (done.first() ? applied : repeated).incrementAndGet();
        return new Issued(done.revision());
    }

    private static ErrorResponseException failing() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "The source was told to fail all transactions.");
        ErrorResponseException failing = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
        failing.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return failing;
    }

    /** How transactions are treated. */
    enum Mode {
        /** Written at once. */
        @JsonProperty("ok")
        OK,
        /** Written and answered after the delay. */
        @JsonProperty("slow")
        SLOW,
        /** Answered with 503: a replica tries again, five times in all. */
        @JsonProperty("failing")
        FAILING,
        /** Answered with 422: a replica gives up at once. */
        @JsonProperty("refusing")
        REFUSING
    }

    /**
     * What happened since the start.
     *
     * @param mode how transactions are treated
     * @param delayMillis how long it takes if that is slowly
     * @param received requests
     * @param applied transactions that were written
     * @param repeated those that were written before, and only answered
     */
    record Report(Mode mode, int delayMillis, long received, long applied, long repeated) {}
}
