package bench.web.b4;

import bench.spi.Data;
import bench.spi.SnapshotPath;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Limit within Spring MVC: bytes made once (identity and gzip), an ETag, If-None-Match. */
@RestController
class LimitController implements SnapshotPath {
    record Ready(byte[] plain, byte[] gzip, String etag) {}

    static final Map<String, Ready> READY = new HashMap<>();

    static {
        for (String s : List.of("10k", "1m")) {
            byte[] b = JsonMapper.builder().build().writeValueAsBytes(Data.make(s));
            READY.put(s, new Ready(b, Data.gzip(b), "\"r42-" + s + "\""));
        }
    }

    @GetMapping("/bytes/{size}")
    ResponseEntity<byte[]> bytes(@PathVariable String size, @RequestHeader(name = "If-None-Match", required = false) String inm,
            @RequestHeader(name = "Accept-Encoding", required = false) String ae) {
        var r = READY.get(size);
        if (r.etag.equals(inm)) return ResponseEntity.status(304).eTag(r.etag).build();
        boolean gz = ae != null && ae.contains("gzip");
        var b = ResponseEntity.ok().eTag(r.etag).varyBy("Accept-Encoding").contentType(MediaType.APPLICATION_JSON);
        return gz ? b.header("Content-Encoding", "gzip").body(r.gzip) : b.body(r.plain);
    }

    public List<Variant> variants() {
        return List.of(
                new Variant("limit-bytes", "/bytes/{size}", List.of(), 200),
                new Variant("limit-bytes-gzip", "/bytes/{size}", List.of("Accept-Encoding: gzip"), 200),
                new Variant("limit-bytes-304", "/bytes/{size}", List.of("If-None-Match: {etag}"), 304));
    }
}
