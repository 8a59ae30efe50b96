package io.statesync.reliability;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads choices and texts off the front of what the fuzzer made; at its end all choices are 0 and all texts empty. */
public final class Input {

    private final byte[] bytes;
    private int at;

    public Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An input that begins with these choices, and goes on with the text. */
    public static byte[] of(String text, int... choices) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int choice : choices) {
            out.write(choice);
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    public boolean isAtEnd() {
        return at >= bytes.length;
    }

    /** 0 to 255. */
    public int choice() {
        return isAtEnd() ? 0 : bytes[at++] & 0xFF;
    }

    public int below(int bound) {
        return choice() % bound;
    }

    public boolean yes() {
        return (choice() & 1) != 0;
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    public long number() {
        long number = 0;
        for (int i = 0; i < 8; i++) {
            number = number << 8 | choice();
        }
        return number;
    }

    /** As many bytes as the next choice says, if they are there. */
    public byte[] bytes() {
        int end = Math.min(bytes.length, choice() + at);
        byte[] some = Arrays.copyOfRange(bytes, Math.min(at, end), end);
        at = end;
        return some;
    }

    /** The text up to the next line end, which is passed. */
    public String line() {
        int begin = Math.min(at, bytes.length);
        int end = begin;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
        at = end + 1;
        return line;
    }

    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
        at = bytes.length;
        return rest;
    }

    public String restAsText() {
        return new String(rest(), StandardCharsets.UTF_8);
    }
}
