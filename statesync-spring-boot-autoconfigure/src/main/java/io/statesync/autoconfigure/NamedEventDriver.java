package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SourceLog;
import io.statesync.spring.SourceSettings;
import java.util.function.BiFunction;

/** A driver that is a name and a function. */
record NamedEventDriver(String name, BiFunction<SourceSettings, SourceLog, InvalidationSubscriber> opener)
        implements EventDriver {

    @Override
    public InvalidationSubscriber open(SourceSettings source, SourceLog log) {
        return opener.apply(source, log);
    }
}
