package io.statesync;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a topic's name, and the one encoding of it that is safe in a URL path, a STOMP destination, a file name
 * and a key (DESIGN 2 and 7): UTF-8, with each byte outside {@code [A-Za-z0-9_-]} written as {@code ~hh}.
 */
public final class Topic {

    private static final int MAX_CODE_POINTS = 255;
    private static final char ESCAPE = '~';

    private Topic() {}

    /**
     * Returns the name if a source or a replica may be built for it.
     *
     * @throws IllegalArgumentException if it is empty, longer than 255 code points, begins or ends with white space, or
     *     holds a control character or half of a surrogate pair; the message says which
     */
    public static String requireValid(@Nullable String name) {
        String problem = name == null ? "it is null" : problemOf(name);
        if (name == null || problem != null) {
            String shown = name == null ? "null" : '"' + Excerpt.of(name) + '"';
            throw new IllegalArgumentException("illegal topic name " + shown + ": " + problem
                    + "; use 1 to 255 characters, best in kebab-case such as \"price-list\"");
        }
        return name;
    }

    private static @Nullable String problemOf(String name) {
        if (name.isEmpty()) {
            return "it is empty";
        }
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            return "it is longer than " + MAX_CODE_POINTS + " code points";
        }
        if (isSpace(name.codePointAt(0)) || isSpace(name.codePointBefore(name.length()))) {
            return "it begins or ends with white space";
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            return "it holds a control character";
        }
        if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            return "it holds half of a surrogate pair";
        }
        return null;
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** The encoded form: only {@code [A-Za-z0-9_~-]}, distinct for distinct names. */
    public static String encode(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 8);
        for (byte b : bytes) {
            if (isPlain(b)) {
                encoded.append((char) b);
            } else {
                encoded.append(ESCAPE)
                        .append(Character.forDigit((b >> 4) & 0xF, 16))
                        .append(Character.forDigit(b & 0xF, 16));
            }
        }
        return encoded.toString();
    }

    /**
     * The name behind an encoded form. Only what {@link #encode} writes is accepted, so that one topic has one address.
     *
     * @throws IllegalArgumentException if the text is not the encoding of a valid name
     */
    public static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == ESCAPE && i + 2 < encoded.length()) {
                bytes.write(
                        Character.digit(encoded.charAt(i + 1), 16) << 4 | Character.digit(encoded.charAt(i + 2), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        String name = utf8(bytes.toByteArray());
        if (name == null || !encode(name).equals(encoded)) {
            throw new IllegalArgumentException("\"" + Excerpt.of(encoded) + "\" is not an encoded topic name");
        }
        return requireValid(name);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == '-';
    }
}
