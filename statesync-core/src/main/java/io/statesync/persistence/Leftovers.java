package io.statesync.persistence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files in a directory of records that nobody needs any more. What cannot be removed is left, and said at DEBUG. */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(FileSnapshotStorage.class);
    private static final int MOST_ASIDE = 10;

    private Leftovers() {}

    /** Removes temporary files whose storage is dead, whatever process or machine it was on. */
    static void removeOfTheDead(Path directory, DirectoryLocks locks) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + FileNames.TEMPORARY)) {
            for (Path file : files) {
                Integer owner = ownerOf(file.getFileName().toString());
                if (owner != null && locks.isDead(owner)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.debug("Temporary files in {} were not removed", directory, e);
        }
    }

    static String temporary(String base, int owner, long number) {
        return base + "." + Integer.toHexString(owner) + "-" + Long.toHexString(number) + FileNames.TEMPORARY;
    }

    private static @Nullable Integer ownerOf(String name) {
        String mark = name.substring(name.indexOf('.') + 1);
        int end = mark.indexOf('-');
        try {
            return end < 0 ? null : Integer.parseUnsignedInt(mark.substring(0, end), 16);
        } catch (NumberFormatException notOurs) {
            return null;
        }
    }

    /** Keeps the newest ten of a topic's records that were set aside. */
    static void limitAside(Path directory, String base) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, base + ".*" + FileNames.CORRUPT)) {
            List<Path> aside = new ArrayList<>();
            files.forEach(aside::add);
            aside.sort(Comparator.comparingLong(file -> file.toFile().lastModified()));
            for (Path old : aside.subList(0, Math.max(0, aside.size() - MOST_ASIDE))) {
                Files.deleteIfExists(old);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("Old records of {} in {} were not removed", base, directory, e);
        }
    }
}
