package bench.spi;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** B4. The snapshots: a record with a list of rows, which is ~10 KB or ~1 MB as JSON. */
public final class Data {
    private Data() {}

    public record Row(int id, String name, String email, boolean active, long updatedAt, double score, List<String> tags) {}

    public record Snapshot(String topic, String revision, List<Row> rows) {}

    public static Snapshot make(String size) {
        int n = size.equals("1m") ? 6390 : 64;
        var r = new Random(7);
        var rows = new ArrayList<Row>(n);
        for (int i = 0; i < n; i++)
            rows.add(new Row(i, "name-" + Long.toString(r.nextLong() >>> 1, 36), "u" + r.nextInt(1_000_000) + "@example.org", r.nextBoolean(), 1_700_000_000_000L + r.nextInt(1 << 30), Math.round(r.nextDouble() * 1e6) / 1e6,
                    List.of("tag-" + r.nextInt(50), "tag-" + r.nextInt(50), "region-" + r.nextInt(9))));
        return new Snapshot("app-config", "42", rows);
    }

    public static byte[] gzip(byte[] b) {
        var o = new ByteArrayOutputStream();
        try (var g = new GZIPOutputStream(o, 8192)) {
            g.write(b);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        return o.toByteArray();
    }
}
