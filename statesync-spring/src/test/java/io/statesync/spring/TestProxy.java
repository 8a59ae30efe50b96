package io.statesync.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network in a test's hand: it can be cut without a farewell, and it can swallow what goes through. */
public final class TestProxy implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket listening;

    /** Done when nobody waits in {@link #listening} any more. */
    private volatile CompletableFuture<Void> accepted = CompletableFuture.completedFuture(null);

    private volatile int target;
    private volatile boolean swallowing;

    public TestProxy(int target) throws IOException {
        this.target = target;
        this.listening = bound(0);
        this.port = listening.getLocalPort();
        accept(listening);
    }

    public int port() {
        return port;
    }

    /** From now on bytes vanish in both directions, and connections stay open. */
    public void swallow() {
        swallowing = true;
    }

    /** Resets every connection, and refuses new ones. */
    public void cut() throws IOException {
        listening.close();
        // the kernel holds the port until the thread has left accept()
        accepted.join();
        for (Socket socket : sockets) {
            reset(socket);
        }
    }

    /** Accepts connections again, at the same port, to that one. */
    public void restore(int newTarget) throws IOException {
        target = newTarget;
        swallowing = false;
        listening = bound(port);
        accept(listening);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void accept(ServerSocket from) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        accepted = ended;
        run(() -> {
            try {
                acceptAll(from);
            } finally {
                ended.complete(null);
            }
        });
    }

    private void acceptAll(ServerSocket from) throws IOException {
        while (!from.isClosed()) {
            Socket client = from.accept();
            sockets.add(client);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            run(() -> pipe(client, server));
            run(() -> pipe(server, client));
        }
    }

    private void pipe(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!swallowing) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } finally {
            sockets.remove(from);
        }
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            if (!socket.isClosed()) {
                throw e;
            }
            // its pipe has closed it meanwhile: there is nothing left to reset
        }
        socket.close();
    }

    private static void run(Piece piece) {
        Thread thread = new Thread(
                () -> {
                    try {
                        piece.run();
                    } catch (IOException e) {
                        // the end of a connection is this class's trade
                        Thread.currentThread().setName("proxy, ended by " + e.getMessage());
                    }
                },
                "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Piece {
        void run() throws IOException;
    }
}
