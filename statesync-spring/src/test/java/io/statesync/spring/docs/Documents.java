package io.statesync.spring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The pages of the project: those of its root and of each module, and all below {@code docs}. */
public final class Documents {

    private static final Path ROOT = Path.of("..");

    private Documents() {}

    /** All of them, sorted by name. */
    public static List<Document> all() {
        try (Stream<Path> near = Files.find(ROOT, 2, (file, attributes) -> isDocument(file));
                Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            TreeSet<Path> files = new TreeSet<>(near.toList());
            pages.filter(Documents::isDocument).forEach(files::add);
            return files.stream().map(Documents::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page with this path from the root of the project. */
    public static Document named(String name) {
        return read(ROOT.resolve(name));
    }

    /** All blocks of all pages. */
    public static List<Block> blocks(String... languages) {
        return all().stream()
                .flatMap(document -> document.blocks(languages).stream())
                .toList();
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md");
    }

    private static Document read(Path file) {
        try {
            return new Document(ROOT.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
