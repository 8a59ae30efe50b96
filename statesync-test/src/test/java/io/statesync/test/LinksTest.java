package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents link to is there. */
class LinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyFileThatADocumentLinksToExists() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                links++;
                if (!Files.exists(document.resolveSibling(link.group(1)))) {
                    broken.add(document + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(links).isPositive();
    }

    /** Those of the root, of each module, and the pages. */
    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> near = Files.find(ROOT, 2, (file, attributes) -> isDocument(file));
                Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            near.forEach(documents::add);
            pages.filter(LinksTest::isDocument).forEach(documents::add);
        }
        return documents;
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md");
    }
}
