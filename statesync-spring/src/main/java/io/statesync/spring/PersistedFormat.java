package io.statesync.spring;

import io.statesync.persistence.Migrations;
import io.statesync.persistence.VersionedCodec;
import java.lang.reflect.Type;

/** How the data of persisted snapshots is written. A bean of this type takes the place of JSON. */
public interface PersistedFormat {

    /**
     * Prepares to write and read the data of one topic.
     *
     * @param type what the data is
     * @param migrations the way from older versions to the current one, in the form that this format migrates
     */
    VersionedCodec<Object> codec(Type type, Migrations<?> migrations);
}
