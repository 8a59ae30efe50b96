package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.spring.SyncedTopic;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes, where the truth is. */
@RestController
@RequestMapping("/api")
@Profile("!replica")
class SourceController {

    /** Longer nobody waits for an own copy: the write is done. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final FeatureFlags flags;
    private final Currencies currencies;
    private final ObjectProvider<RevisionSync<Map<String, Flag>>> copyOfFlags;
    private final ObjectProvider<RevisionSync<Map<String, CurrencyEntry>>> copyOfCurrencies;

    SourceController(
            FeatureFlags flags,
            Currencies currencies,
            @SyncedTopic(Topics.FEATURE_FLAGS) ObjectProvider<RevisionSync<Map<String, Flag>>> copyOfFlags,
            @SyncedTopic(Topics.CURRENCIES) ObjectProvider<RevisionSync<Map<String, CurrencyEntry>>> copyOfCurrencies) {
        this.flags = flags;
        this.currencies = currencies;
        this.copyOfFlags = copyOfFlags;
        this.copyOfCurrencies = copyOfCurrencies;
    }

    @PutMapping("/feature-flags/{name}")
    Issued put(@PathVariable String name, @RequestBody Flag flag) {
        return readable(flags.put(new FlagName(name), flag), copyOfFlags);
    }

    @DeleteMapping("/feature-flags/{name}")
    Issued delete(@PathVariable String name) {
        return readable(flags.delete(new FlagName(name)), copyOfFlags);
    }

    @PostMapping("/currencies/reload")
    Issued reload() {
        return readable(currencies.reload(), copyOfCurrencies);
    }

    /** If this instance reads a copy, the answer waits for it: who writes here reads the own write here. */
    private static <T> Issued readable(Revision revision, ObjectProvider<RevisionSync<T>> copy) {
        copy.ifAvailable(sync ->
                sync.await(revision, PATIENCE).handle((local, late) -> revision).join());
        return new Issued(revision);
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

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ProblemDetail away(NestedRuntimeException away) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The server that keeps the truth did not answer. Whether the change is done, a look at the flags will tell.");
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownFlagException unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, unknown.getMessage());
    }
}
