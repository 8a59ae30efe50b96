package io.statesync.sample;

import io.statesync.RevisionSync;
import io.statesync.SyncStatus;
import io.statesync.mutation.CollectionState;
import io.statesync.mutation.MutationTransaction;
import io.statesync.mutation.ObjectNotFoundException;
import io.statesync.mutation.SyncedCollection;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Edits the stock here and now; the source hears of it later. */
@RestController
@RequestMapping("/api/stock")
@Profile("replica & !shared")
class StockController {

    private static final int SHOWN = 50;

    private final SyncedCollection<String, StockItem> stock;
    private final SyncedState<Map<String, StockItem>> copy;
    private final RevisionSync<Map<String, StockItem>> sync;
    private final StockTransactions transactions;

    StockController(
            SyncedCollection<String, StockItem> stock,
            @SyncedTopic(Topics.STOCK) SyncedState<Map<String, StockItem>> copy,
            @SyncedTopic(Topics.STOCK) RevisionSync<Map<String, StockItem>> sync,
            StockTransactions transactions) {
        this.stock = stock;
        this.copy = copy;
        this.sync = sync;
        this.transactions = transactions;
    }

    @GetMapping
    StockView stock() {
        SyncStatus status = requireData();
        SyncedState.Snapshot<Map<String, StockItem>> synced = copy.snapshot();
        List<MutationTransaction> newest = transactions.newest();
        Map<String, StockItem> visible = new TreeMap<>(stock.data());
        return new StockView(
                synced.revision().toString(),
                status.state(),
                visible,
                rows(visible, Objects.requireNonNull(synced.value()), newest),
                newest.stream().limit(SHOWN).map(StockView.Transaction::of).toList());
    }

    @PutMapping("/{sku}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted put(@PathVariable String sku, @RequestBody Pieces body) {
        return edit(sku, item -> item.withPieces(body.pieces()));
    }

    @PostMapping("/{sku}/change")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Accepted change(@PathVariable String sku, @RequestBody Change body) {
        return edit(sku, item -> item.withPieces(Math.addExact(item.pieces(), body.by())));
    }

    @PostMapping("/transactions/{id}/resubmit")
    Accepted resubmit(@PathVariable String id) {
        return new Accepted(transactions.resubmit(id));
    }

    @PostMapping("/transactions/{id}/cancel")
    Accepted cancel(@PathVariable String id) {
        transactions.cancel(id);
        return new Accepted(id);
    }

    @PostMapping("/transactions/{id}/dismiss")
    Accepted dismiss(@PathVariable String id) {
        transactions.dismiss(id);
        return new Accepted(id);
    }

    /** Visible at once; the answer does not wait for the source. */
    private Accepted edit(String sku, UnaryOperator<StockItem> edit) {
        requireData();
        return new Accepted(stock.update(sku, edit).id());
    }

    private SyncStatus requireData() {
        SyncStatus status = sync.status();
        if (!status.hasData() || stock.state() != CollectionState.READY) {
            throw new NoDataYetException(status);
        }
        return status;
    }

    private List<StockView.Row> rows(
            Map<String, StockItem> visible, Map<String, StockItem> synced, List<MutationTransaction> newest) {
        Map<String, MutationTransaction> newestOf = new HashMap<>();
        newest.forEach(it -> it.mutations()
                .forEach(m -> newestOf.putIfAbsent((String) m.ref().key(), it)));
        TreeSet<String> keys = new TreeSet<>(visible.keySet());
        keys.addAll(synced.keySet());
        List<StockView.Row> rows = new ArrayList<>();
        for (String sku : keys) {
            MutationTransaction its = newestOf.get(sku);
            StockView.Status status =
                    StockView.Status.of(its, stock.rowStatus(sku).provisional());
            rows.add(new StockView.Row(sku, visible.get(sku), synced.get(sku), status, its == null ? null : its.id()));
        }
        return rows;
    }

    @ExceptionHandler
    ProblemDetail unknown(ObjectNotFoundException unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no such item in the stock.");
    }

    @ExceptionHandler({HttpMessageNotReadableException.class, ArithmeticException.class})
    ProblemDetail unreadable(Exception unreadable) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The body has to be {\"pieces\":5}, or {\"by\":-1} for a change: a whole number of 32 bits.");
    }

    record Pieces(int pieces) {}

    record Change(int by) {}

    /** The edit is visible; this is what becomes of it. */
    record Accepted(String transaction) {}
}
