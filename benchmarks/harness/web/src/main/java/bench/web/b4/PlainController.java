package bench.web.b4;

import bench.spi.Data;
import bench.spi.SnapshotPath;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Peer: a controller which returns the object; Jackson writes it on each request. */
@RestController
class PlainController implements SnapshotPath {
    private final Map<String, Data.Snapshot> data = Map.of("10k", Data.make("10k"), "1m", Data.make("1m"));

    @GetMapping("/plain/{size}") Data.Snapshot plain(@PathVariable String size) { return data.get(size); }

    /** The same below Spring's ShallowEtagHeaderFilter (see App). */
    @GetMapping("/shallow/{size}") Data.Snapshot shallow(@PathVariable String size) { return data.get(size); }

    public List<Variant> variants() {
        return List.of(
                new Variant("plain-controller", "/plain/{size}", List.of(), 200),
                new Variant("plain-controller-gzip", "/plain/{size}", List.of("Accept-Encoding: gzip"), 200),
                new Variant("shallow-etag-filter-304", "/shallow/{size}", List.of("If-None-Match: {etag}"), 304));
    }
}
