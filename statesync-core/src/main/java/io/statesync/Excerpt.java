package io.statesync;

/** What of a foreign text an error message may show. */
final class Excerpt {

    private static final int LIMIT = 80;

    private Excerpt() {}

    /** Its beginning, without control characters. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LIMIT + 3));
        for (int i = 0; i < text.length() && i < LIMIT; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > LIMIT ? shown.append("...").toString() : shown.toString();
    }

    /** The whole text, fit for one line of a log: a foreign text may not end the line, nor move a terminal's cursor. */
    static String line(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            if (Character.isISOControl(shown.charAt(i))) {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }
}
