package bench.web.b3;

import bench.spi.Fanout;
import bench.spi.Registry;
import bench.spi.Stats;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;

/**
 * args: [broadcasts=50] [participant,...]. One server process per participant, all up at once; for each number of sessions
 * the participants take turns in blocks of ten broadcasts. The time is from before the server's send to the last client's receipt.
 */
public final class B3 {
    private record Peer(String name, Process proc, int port, String protocol, String path, String destination) {
        void line(String s) throws Exception {
            proc.getOutputStream().write((s + "\n").getBytes());
            proc.getOutputStream().flush();
        }

        /** CPU of the server process, ms. */
        double cpu() throws Exception {
            String s = Files.readString(Path.of("/proc/" + proc.pid() + "/stat"));
            String[] f = s.substring(s.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(f[11]) + Long.parseLong(f[12])) * 10.0;
        }
    }

    public static void main(String[] a) throws Exception {
        int broadcasts = a.length > 0 ? Integer.parseInt(a[0]) : 50;
        var names = a.length > 1 ? List.of(a[1].split(",")) : List.copyOf(Registry.names(Fanout.class).keySet());
        var peers = new ArrayList<Peer>();
        try {
            for (String n : names) {
                var p = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xms256m", "-Xmx512m", "-cp", System.getProperty("java.class.path"), Server.class.getName(), n)
                        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
                var r = new BufferedReader(new InputStreamReader(p.getInputStream()));
                String l;
                while (!(l = Objects.requireNonNull(r.readLine(), n + " ended")).startsWith("PORT ")) System.out.println(l);
                var t = new Thread(() -> r.lines().forEach(System.out::println));
                t.setDaemon(true);
                t.start();
                String[] w = l.split(" ");
                peers.add(new Peer(n, p, Integer.parseInt(w[1]), w[2], w[3], w[4]));
            }
            var table = new StringBuilder("| sessions | participant | n | p50 ms | p90 ms | p99 ms | max ms | first client p50 ms | server CPU ms/broadcast | lost | x of limit p50 |\n|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
            int seq = 1;
            for (int n : new int[] {100, 500, 1000}) {
                var last = new LinkedHashMap<String, Stats>();
                var first = new HashMap<String, Stats>();
                var cpu = new HashMap<String, Double>();
                var lost = new HashMap<String, Integer>();
                var loads = new LinkedHashMap<Peer, Load>();
                for (var p : peers) loads.put(p, new Load(p.port, p.protocol, p.path, p.destination, n));
                for (int block = -3; block < (broadcasts + 9) / 10; block++) { // three blocks warm up
                    for (var e : loads.entrySet()) {
                        var p = e.getKey();
                        double c0 = p.cpu();
                        for (int i = 0; i < (block < 0 ? 30 : 10); i++) {
                            int s = seq++;
                            Thread.sleep(20);
                            p.line("B " + s);
                            boolean ok = e.getValue().await(s, 10_000_000_000L);
                            if (block < 0) continue;
                            if (!ok) { lost.merge(p.name, n - e.getValue().got, Integer::sum); continue; }
                            last.computeIfAbsent(p.name, x -> new Stats()).add(e.getValue().lastAt - e.getValue().sentAt);
                            first.computeIfAbsent(p.name, x -> new Stats()).add(e.getValue().firstAt - e.getValue().sentAt);
                        }
                        if (block >= 0) cpu.merge(p.name, p.cpu() - c0, Double::sum);
                    }
                }
                double ref = last.values().iterator().next().q(.5);
                for (var e : last.entrySet()) {
                    var v = e.getValue();
                    System.out.println(n + " sessions " + e.getKey() + " " + v.line(1e6) + " ms load=" + Stats.load());
                    table.append(String.format(Locale.ROOT, "| %d | %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %d | %.2f |%n", n, e.getKey(), v.n(), v.q(.5) / 1e6, v.q(.9) / 1e6, v.q(.99) / 1e6, v.q(1) / 1e6,
                            first.get(e.getKey()).q(.5) / 1e6, cpu.get(e.getKey()) / v.n(), lost.getOrDefault(e.getKey(), 0), v.q(.5) / ref));
                }
                for (var l : loads.values()) l.close();
                Thread.sleep(500);
            }
            System.out.println("\n" + table + "java " + Runtime.version());
        } finally {
            for (var p : peers) p.proc.destroy();
        }
        System.exit(0);
    }
}
