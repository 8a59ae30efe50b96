package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.TopicSource;
import java.util.SortedMap;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;

/** The truth about currencies. The usual source: it returns its data, and StateSync counts the revisions. */
@Service
@Profile("!replica")
class Currencies {

    private final StatePublisher publisher;

    private volatile SortedMap<String, CurrencyEntry> table = CurrencyTable.read();

    Currencies(StatePublisher publisher) {
        this.publisher = publisher;
    }

    @TopicSource(Topics.CURRENCIES)
    SortedMap<String, CurrencyEntry> all() {
        return table;
    }

    /** Reads the table again. {@code @InvalidatesTopic} would announce it as well, but not tell the revision. */
    Revision reload() {
        table = CurrencyTable.read();
        return publisher.invalidate(Topics.CURRENCIES).join();
    }
}
