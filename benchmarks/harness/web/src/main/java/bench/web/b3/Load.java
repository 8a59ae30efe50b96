package bench.web.b3;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The light client: all sessions in one thread, minimal WebSocket and STOMP. Lives in the harness's process, apart from the server. */
final class Load implements AutoCloseable {
    private final Selector sel = Selector.open();
    private final SocketChannel[] ch;
    private final boolean stomp;
    private final ByteBuffer buf = ByteBuffer.allocateDirect(64 * 1024);

    private static final class Conn { byte[] rest = new byte[0]; }

    /** Of the current broadcast. */
    int got;
    long sentAt, lastAt, firstAt;
    int seq;

    Load(int port, String protocol, String path, String destination, int n) throws Exception {
        stomp = protocol.equals("stomp");
        ch = new SocketChannel[n];
        for (int i = 0; i < n; i++) {
            var c = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            c.setOption(StandardSocketOptions.TCP_NODELAY, true);
            c.write(ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + (stomp ? "Sec-WebSocket-Protocol: v12.stomp\r\n" : "") + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1)));
            String head = readHead(c);
            if (!head.startsWith("HTTP/1.1 101")) throw new IllegalStateException(head);
            if (stomp) {
                send(c, "CONNECT\naccept-version:1.2\nhost:b\nheart-beat:0,0\n\n\0");
                String f = readFrame(c);
                if (!f.startsWith("CONNECTED")) throw new IllegalStateException(f);
                send(c, "SUBSCRIBE\nid:0\ndestination:" + destination + "\nack:auto\n\n\0");
            }
            c.configureBlocking(false);
            c.register(sel, SelectionKey.OP_READ, new Conn());
            ch[i] = c;
        }
        Thread.sleep(500); // a SUBSCRIBE has no answer
    }

    private static String readHead(SocketChannel c) throws Exception {
        var b = ByteBuffer.allocate(1);
        var s = new StringBuilder();
        while (s.indexOf("\r\n\r\n") < 0) {
            b.clear();
            if (c.read(b) < 0) throw new IllegalStateException("closed: " + s);
            s.append((char) b.get(0));
        }
        return s.toString();
    }

    private static String readFrame(SocketChannel c) throws Exception {
        var h = ByteBuffer.allocate(2);
        while (h.hasRemaining()) c.read(h);
        int len = h.get(1) & 127;
        if (len == 126) {
            h.clear();
            while (h.hasRemaining()) c.read(h);
            len = h.getShort(0) & 0xffff;
        }
        var p = ByteBuffer.allocate(len);
        while (p.hasRemaining()) c.read(p);
        return new String(p.array(), StandardCharsets.UTF_8);
    }

    private static void send(SocketChannel c, String s) throws Exception {
        byte[] p = s.getBytes(StandardCharsets.UTF_8);
        var b = ByteBuffer.allocate(p.length + 8);
        b.put((byte) 0x81);
        if (p.length < 126) b.put((byte) (128 | p.length));
        else b.put((byte) (128 | 126)).putShort((short) p.length);
        b.putInt(0).put(p).flip(); // a mask of zero bits
        while (b.hasRemaining()) c.write(b);
    }

    /** Reads until all sessions have broadcast {@code s}; false after the time limit. */
    boolean await(int s, long limitNanos) throws Exception {
        seq = s;
        got = 0;
        firstAt = lastAt = sentAt = 0;
        long end = System.nanoTime() + limitNanos;
        while (got < ch.length) {
            if (System.nanoTime() > end) return false;
            sel.select(100);
            var it = sel.selectedKeys().iterator();
            while (it.hasNext()) {
                var k = it.next();
                it.remove();
                read((SocketChannel) k.channel(), (Conn) k.attachment());
            }
        }
        return true;
    }

    private void read(SocketChannel c, Conn conn) throws Exception {
        buf.clear();
        buf.put(conn.rest);
        if (c.read(buf) < 0) throw new IllegalStateException("server closed a session");
        buf.flip();
        while (buf.remaining() >= 2) {
            buf.mark();
            int op = buf.get() & 15, len = buf.get() & 127;
            if (len == 126) {
                if (buf.remaining() < 2) { buf.reset(); break; }
                len = buf.getShort() & 0xffff;
            }
            if (buf.remaining() < len) { buf.reset(); break; }
            byte[] p = new byte[len];
            buf.get(p);
            if (op != 1 && op != 2) continue;
            int at = 0;
            if (stomp) {
                if (p[0] != 'M') continue;
                while (!(p[at] == '\n' && p[at + 1] == '\n')) at++;
                at += 2;
            }
            while (at < p.length - 1 && p[at] != '@') at++; // a product may wrap the text
            if (p[at] != '@') throw new IllegalStateException(new String(p, StandardCharsets.UTF_8));
            long now = System.nanoTime();
            at++;
            int s = 0;
            for (; p[at] != ' '; at++) s = s * 10 + p[at] - '0';
            if (s != seq) continue;
            long t = 0;
            for (at++; p[at] != ' '; at++) t = t * 10 + p[at] - '0';
            sentAt = t;
            if (firstAt == 0) firstAt = now;
            lastAt = now;
            got++;
        }
        conn.rest = new byte[buf.remaining()];
        buf.get(conn.rest);
    }

    @Override public void close() throws Exception {
        for (var c : ch) c.close();
        sel.close();
    }
}
