package io.statesync.sample;

import io.statesync.SnapshotEnvelope;
import io.statesync.SyncState;
import io.statesync.source.RevisionCounter;
import io.statesync.source.SourceProvider;
import java.util.SortedMap;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the truth itself, where this process alone has it. */
@RestController
@RequestMapping("/api")
@Profile("!replica & !shared")
class TruthController {

    private final FileFlags flags;
    private final SourceProvider<SortedMap<String, CurrencyEntry>> currencies;

    TruthController(FileFlags flags, Currencies currencies, RevisionCounter revisions) {
        this.flags = flags;
        this.currencies = new SourceProvider<>(Topics.CURRENCIES, revisions, currencies::all);
    }

    @GetMapping("/feature-flags")
    TopicView<SortedMap<String, Flag>> flags() {
        return live(flags.snapshot());
    }

    @GetMapping("/currencies")
    TopicView<SortedMap<String, CurrencyEntry>> currencies() throws Exception {
        return live(currencies.getSnapshot());
    }

    /** The truth itself is always current. */
    private static <T> TopicView<T> live(SnapshotEnvelope<T> truth) {
        return new TopicView<>(truth.revision(), SyncState.LIVE, truth.data());
    }
}
