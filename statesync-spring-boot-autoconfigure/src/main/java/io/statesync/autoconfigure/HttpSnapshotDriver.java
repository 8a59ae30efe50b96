package io.statesync.autoconfigure;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.SnapshotProvider;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.SnapshotSource;
import io.statesync.spring.SourceSettings;
import io.statesync.spring.http.HttpSource;
import io.statesync.spring.json.SnapshotCodec;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;

/** Reads sources over HTTP. */
record HttpSnapshotDriver(SnapshotCodec codec, HttpClients clients, SnapshotSizes sizes) implements SnapshotDriver {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public SnapshotSource open(SourceSettings source) {
        HttpSource http = HttpSource.at(source.urls())
                .path(source.path())
                .client(clients.forSource(source))
                .codec(codec)
                .maxSnapshotSize(source.maxSnapshotSize())
                .sizes(sizes)
                .build();
        return new Opened(http, http.revisions());
    }

    private record Opened(HttpSource http, RevisionReader revisions) implements SnapshotSource {

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return http.provider(topic, type);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return revisions.current(topics);
        }
    }
}
