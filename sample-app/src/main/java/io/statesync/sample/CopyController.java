package io.statesync.sample;

import io.statesync.RevisionSync;
import io.statesync.SyncStatus;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the local copy, whatever the source does. */
@RestController
@RequestMapping("/api")
@Profile("replica | shared")
class CopyController {

    private final SyncedState<Map<String, Flag>> flags;
    private final RevisionSync<Map<String, Flag>> flagsSync;
    private final SyncedState<Map<String, CurrencyEntry>> currencies;
    private final RevisionSync<Map<String, CurrencyEntry>> currenciesSync;

    CopyController(
            @SyncedTopic(Topics.FEATURE_FLAGS) SyncedState<Map<String, Flag>> flags,
            @SyncedTopic(Topics.FEATURE_FLAGS) RevisionSync<Map<String, Flag>> flagsSync,
            @SyncedTopic(Topics.CURRENCIES) SyncedState<Map<String, CurrencyEntry>> currencies,
            @SyncedTopic(Topics.CURRENCIES) RevisionSync<Map<String, CurrencyEntry>> currenciesSync) {
        this.flags = flags;
        this.flagsSync = flagsSync;
        this.currencies = currencies;
        this.currenciesSync = currenciesSync;
    }

    @GetMapping("/feature-flags")
    TopicView<Map<String, Flag>> flags() {
        return view(flags, flagsSync.status());
    }

    @GetMapping("/currencies")
    TopicView<Map<String, CurrencyEntry>> currencies() {
        return view(currencies, currenciesSync.status());
    }

    private <T> TopicView<T> view(SyncedState<T> copy, SyncStatus status) {
        if (!status.hasData()) {
            throw new NoDataYetException(status);
        }
        SyncedState.Snapshot<T> snapshot = copy.snapshot();
        return new TopicView<>(snapshot.revision(), status.state(), snapshot.value());
    }
}
