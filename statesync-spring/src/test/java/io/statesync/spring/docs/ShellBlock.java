package io.statesync.spring.docs;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a block, in order, each with what the page shows as its output.
 *
 * @param block {@code sh}, where every line is a command, or {@code console}, where commands begin with a dollar sign
 * @param commands without comments, lines that end in a backslash put together
 */
public record ShellBlock(Block block, List<Command> commands) {

    /**
     * A command.
     *
     * @param line as it is typed
     * @param output the lines below it in a {@code console}; empty in {@code sh}
     */
    public record Command(String line, List<String> output) {}

    /** Reads a block. */
    public static ShellBlock of(Block block) {
        boolean console = block.language().equals("console");
        List<Command> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (String line : block.text().split("\n")) {
            boolean begun = !command.isEmpty();
            if (begun || !console || line.startsWith("$ ")) {
                String typed = line.replaceFirst("^\\$ ", "")
                        .replaceFirst("(^|\\s)# .*", "")
                        .strip();
                boolean goesOn = typed.endsWith("\\");
                command.append(begun ? " " : "")
                        .append(goesOn ? typed.substring(0, typed.length() - 1).strip() : typed);
                if (!goesOn && !command.isEmpty()) {
                    commands.add(new Command(command.toString(), new ArrayList<>()));
                    command.setLength(0);
                }
            } else if (!commands.isEmpty()) {
                commands.get(commands.size() - 1).output().add(line);
            }
        }
        return new ShellBlock(block, commands);
    }

    /** The words of a command, quotes taken away. */
    public static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (char c : (command + " ").toCharArray()) {
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && c == ' ') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
