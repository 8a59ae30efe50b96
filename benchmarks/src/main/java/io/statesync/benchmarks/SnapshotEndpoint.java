package io.statesync.benchmarks;

import bench.spi.SnapshotPath;
import java.util.List;

/** B4: the snapshot endpoint of the starter; its topics come from {@link SnapshotTopics}. */
final class SnapshotEndpoint implements SnapshotPath {

    private static final String PATH = "/statesync/snapshots/{size}";

    @Override
    public List<Variant> variants() {
        return List.of(
                new Variant("statesync", PATH, List.of(), 200),
                new Variant("statesync-gzip", PATH, List.of("Accept-Encoding: gzip"), 200),
                new Variant("statesync-304", PATH, List.of("If-None-Match: {etag}"), 304));
    }
}
