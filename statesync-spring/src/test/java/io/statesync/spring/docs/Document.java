package io.statesync.spring.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page.
 *
 * @param name its path from the root of the project, with slashes
 * @param text all of it
 */
public record Document(String name, String text) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?:^<!-- shown by ([\\w, ]+?) -->\\n+)?^ *```([^\\n]*)\\n(.*?)^ *```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern AROUND =
            Pattern.compile("^<!-- around\\n(.*?)^-->$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Its fenced blocks, from top to bottom. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = 1 + (int) text.substring(0, block.start(3)).lines().count();
            List<String> shownBy =
                    block.group(1) == null ? List.of() : List.of(block.group(1).split(", *"));
            blocks.add(new Block(name, line, block.group(2).strip(), block.group(3), shownBy));
        }
        return blocks;
    }

    /** Its blocks in one of these languages. */
    public List<Block> blocks(String... languages) {
        return blocks().stream()
                .filter(block -> Stream.of(languages).anyMatch(block.language()::equals))
                .toList();
    }

    /** What readers do not see and fragments of Java need: the members of the class around them, after their imports. */
    public List<String> around() {
        return AROUND.matcher(text).results().map(it -> it.group(1)).toList();
    }
}
