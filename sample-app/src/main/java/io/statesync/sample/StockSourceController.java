package io.statesync.sample;

import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import io.statesync.spring.mutation.HttpPersister;
import io.statesync.spring.mutation.TransactionRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes the transactions of replicas, and may be told how. */
@RestController
@RequestMapping("/api/stock")
@Profile("!replica & !shared")
class StockSourceController {

    /** Shorter than replicas wait for an answer. */
    private static final int LONGEST_DELAY = 20_000;

    private final SourceProvider<Map<String, StockItem>> stock;
    private final StockBackend backend;

    StockSourceController(Stock stock, StockBackend backend, RevisionCounter revisions) {
        this.stock = new SourceProvider<>(Topics.STOCK, revisions, stock::all);
        this.backend = backend;
    }

    @GetMapping
    TopicView<Map<String, StockItem>> stock() throws Exception {
        SnapshotEnvelope<Map<String, StockItem>> truth = stock.getSnapshot();
        return new TopicView<>(truth.revision(), SyncState.LIVE, truth.data());
    }

    @PostMapping("/transactions")
    CompletableFuture<Issued> receive(
            @RequestHeader(HttpPersister.IDEMPOTENCY_KEY) String key, @RequestBody TransactionRequest transaction) {
        return backend.receive(key, transaction);
    }

    @GetMapping("/backend")
    StockBackend.Report backend() {
        return backend.report();
    }

    @PutMapping("/backend")
    StockBackend.Report treat(@RequestBody Treatment treatment) {
        int delay = Objects.requireNonNullElse(
                treatment.delayMillis(), backend.report().delayMillis());
        if (treatment.mode() == null || delay < 0 || delay > LONGEST_DELAY) {
            throw new IllegalArgumentException("The body needs a \"mode\": ok, slow, failing or refusing, and may have"
                    + " \"delayMillis\": 0 to " + LONGEST_DELAY + ".");
        }
        backend.treat(treatment.mode(), delay);
        return backend.report();
    }

    @ExceptionHandler
    ProblemDetail refused(RefusedTransactionException refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, refused.getMessage());
    }

    @ExceptionHandler
    ProblemDetail wrong(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The body is neither a transaction nor {\"mode\":\"ok|slow|failing|refusing\",\"delayMillis\":3000}.");
    }

    /** How transactions are to be treated; a delay that is missing stays as it is. */
    record Treatment(
            StockBackend.@Nullable Mode mode, @Nullable Integer delayMillis) {}
}
