package io.statesync;

/** The part of a foreign text that an error message may show: bounded, and without control characters. */
final class Excerpt {

    private static final int LIMIT = 80;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LIMIT + 3));
        for (int i = 0; i < text.length() && i < LIMIT; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > LIMIT ? shown.append("...").toString() : shown.toString();
    }
}
