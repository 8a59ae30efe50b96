package io.statesync.sample;

import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import java.util.SortedMap;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and writes, where the truth is. */
@RestController
@RequestMapping("/api")
@Profile("!replica")
class SourceController {

    private final FeatureFlags flags;
    private final Currencies currencies;
    private final SourceProvider<SortedMap<String, CurrencyEntry>> labelledCurrencies;

    SourceController(FeatureFlags flags, Currencies currencies, RevisionCounter revisions) {
        this.flags = flags;
        this.currencies = currencies;
        this.labelledCurrencies = new SourceProvider<>(Topics.CURRENCIES, revisions, currencies::all);
    }

    @GetMapping("/feature-flags")
    TopicView<SortedMap<String, Flag>> flags() {
        return live(flags.snapshot());
    }

    @PutMapping("/feature-flags/{name}")
    Issued put(@PathVariable String name, @RequestBody Flag flag) {
        return new Issued(flags.put(new FlagName(name), flag));
    }

    @DeleteMapping("/feature-flags/{name}")
    Issued delete(@PathVariable String name) {
        return new Issued(flags.delete(new FlagName(name)));
    }

    @GetMapping("/currencies")
    TopicView<SortedMap<String, CurrencyEntry>> currencies() throws Exception {
        return live(labelledCurrencies.getSnapshot());
    }

    @PostMapping("/currencies/reload")
    Issued reload() {
        return new Issued(currencies.reload());
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The body is no feature flag: it has to be {\"enabled\":true} or {\"enabled\":false}.");
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidFlagNameException invalid) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, invalid.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownFlagException unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, unknown.getMessage());
    }

    /** The truth itself is always current. */
    private static <T> TopicView<T> live(SnapshotEnvelope<T> truth) {
        return new TopicView<>(truth.revision(), SyncState.LIVE, truth.data());
    }
}
