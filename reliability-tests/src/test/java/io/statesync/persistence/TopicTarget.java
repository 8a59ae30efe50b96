package io.statesync.persistence;

import io.statesync.Topic;
import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of topics, their one encoding, and the files that are named after them: whatever the name, the file is in the
 * directory, and no other topic's.
 */
public final class TopicTarget implements FuzzTarget {

    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_~-]*");
    private static final Pattern FILE = Pattern.compile("[a-z0-9_~.-]{1,140}");
    private static final Path DIRECTORY = Path.of("/var/statesync");

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Input.of("prices\nPrices"),
                Input.of("feature~2eflags\nfeature.flags"),
                Input.of("../../etc/passwd\n..\\..\\boot.ini"),
                Input.of("~2e~2e~2f\n~2E"),
                Input.of("CON\nnul.txt"),
                Input.of("\u00e4\ud83d\ude00\n~c3~a4~f0~9f~98~80"),
                Input.of("x".repeat(300) + "\n" + "x".repeat(299)),
                Input.of("a\u0000b\na\u202eb"));
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Input input = new Input(bytes);
        String one = input.line();
        String other = input.restAsText();
        address(one);
        name(one);
        name(other);
        if (!one.equals(other) && isValid(one) && isValid(other)) {
            Oracle.holds(!Topic.encode(one).equals(Topic.encode(other)), "two topics, one address");
            Oracle.holds(!FileNames.of(one).equals(FileNames.of(other)), "two topics, one file");
        }
    }

    private static void address(String encoded) throws Exception {
        String name = Oracle.valueOrRefusal(() -> Topic.decode(encoded), IllegalArgumentException.class);
        if (name != null) {
            Oracle.same(encoded, Topic.encode(name), "a second address of topic " + name);
            Oracle.same(name, Topic.requireValid(name), "a name");
        }
    }

    private static void name(String name) throws Exception {
        if (!isValid(name)) {
            return;
        }
        Oracle.oneLine(name);
        String encoded = Topic.encode(name);
        Oracle.holds(ADDRESS.matcher(encoded).matches(), "an address with more than it may have: " + encoded);
        Oracle.same(name, Topic.decode(encoded), "the name behind the address");
        String file = FileNames.of(name) + FileNames.RECORD;
        Oracle.holds(FILE.matcher(file).matches(), "a file's name with more than it may have: " + file);
        Oracle.same(DIRECTORY, DIRECTORY.resolve(file).normalize().getParent(), "where the file is");
    }

    private static boolean isValid(String name) throws Exception {
        return Oracle.valueOrRefusal(() -> Topic.requireValid(name), IllegalArgumentException.class) != null;
    }
}
