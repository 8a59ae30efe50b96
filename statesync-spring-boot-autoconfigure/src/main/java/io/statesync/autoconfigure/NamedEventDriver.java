package io.statesync.autoconfigure;

import io.statesync.InvalidationSubscriber;
import io.statesync.spring.EventDriver;
import io.statesync.spring.SourceSettings;
import java.util.function.Function;

/** A driver that is a name and a function. */
record NamedEventDriver(String name, Function<SourceSettings, InvalidationSubscriber> opener) implements EventDriver {

    @Override
    public InvalidationSubscriber open(SourceSettings source) {
        return opener.apply(source);
    }
}
