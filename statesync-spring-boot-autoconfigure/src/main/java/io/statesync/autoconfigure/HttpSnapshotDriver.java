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
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Reads sources over HTTP. */
record HttpSnapshotDriver(SnapshotCodec codec, HttpClients clients, SnapshotSizes sizes) implements SnapshotDriver {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public SnapshotSource open(SourceSettings source) {
        ClientHttpRequestFactory connections = clients.connections(source);
        HttpSource http = HttpSource.at(source.urls())
                .path(source.path())
                .client(clients.over(connections))
                .codec(codec)
                .maxSnapshotSize(source.maxSnapshotSize())
                .sizes(sizes)
                .build();
        return new Opened(http, http.revisions(), connections);
    }

    private record Opened(HttpSource http, RevisionReader revisions, ClientHttpRequestFactory connections)
            implements SnapshotSource, AutoCloseable {

        @Override
        public SnapshotProvider<?> provider(String topic, Type type) {
            return http.provider(topic, type);
        }

        @Override
        public Map<String, Revision> current(Collection<String> topics) throws Exception {
            return revisions.current(topics);
        }

        /** Some clients, such as Jetty's, have threads of their own. */
        @Override
        public void close() throws Exception {
            if (connections instanceof DisposableBean disposable) {
                disposable.destroy();
            }
        }
    }
}
