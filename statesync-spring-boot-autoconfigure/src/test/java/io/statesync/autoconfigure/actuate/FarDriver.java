package io.statesync.autoconfigure.actuate;

import io.statesync.Revision;
import io.statesync.SnapshotProvider;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceSettings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;

/** Reads a source that never answers. */
class FarDriver implements SnapshotDriver {

    static final String[] PROPERTIES = {
        "statesync.sources.shop.events=application-events",
        "statesync.sources.shop.snapshots=far",
        "statesync.defaults.startup=background"
    };

    @Override
    public String name() {
        return "far";
    }

    @Override
    public SnapshotSource open(SourceSettings settings) {
        return new Far();
    }

    private static final class Far implements SnapshotSource {

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return () -> {
                throw new IllegalStateException("no answer ".repeat(100));
            };
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) {
            return Map.of();
        }
    }
}
