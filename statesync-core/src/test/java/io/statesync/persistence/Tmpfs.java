package io.statesync.persistence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A small file system of its own, where one may be mounted. */
final class Tmpfs implements AutoCloseable {

    private final Path directory;

    private Tmpfs(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where nothing may be mounted, and says why. */
    static Tmpfs mounted(Path directory, String size) throws Exception {
        String refusal = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
        assumeTrue(refusal.isEmpty(), () -> "a tmpfs can be mounted only as root, with the right to mount: " + refusal);
        return new Tmpfs(directory);
    }

    void remount(String options) throws Exception {
        String refusal = run("mount", "-o", "remount," + options, directory.toString());
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /* What it said if it failed; nothing if it did not. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : command[0] + " failed: " + said.strip();
        } catch (IOException notThere) {
            return command[0] + " cannot be run: " + notThere.getMessage();
        }
    }

    @Override
    public void close() throws Exception {
        run("umount", "--lazy", directory.toString());
    }
}
