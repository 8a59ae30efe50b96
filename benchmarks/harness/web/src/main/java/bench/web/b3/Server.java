package bench.web.b3;

import bench.spi.Fanout;
import bench.spi.Registry;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * Server process: args participant. Prints "PORT n protocol path destination"; each line "B seq" on stdin is one broadcast, whose text
 * begins with the sequence number and System.nanoTime() (one clock for all processes of a Linux host).
 */
public final class Server {
    public static void main(String[] a) throws Exception {
        var f = Registry.create(Fanout.class, a[0]);
        System.out.println("PORT " + f.start(new String[0]) + " " + f.protocol() + " " + f.path() + " " + f.destination());
        System.out.flush();
        var in = new BufferedReader(new InputStreamReader(System.in));
        var pad = "x".repeat(150);
        for (String l; (l = in.readLine()) != null && !l.equals("Q"); ) {
            int seq = Integer.parseInt(l.substring(2));
            String t = "@" + seq + " " + System.nanoTime() + " ";
            f.broadcast(t + pad.substring(t.length()));
        }
        f.close();
        System.exit(0);
    }
}
