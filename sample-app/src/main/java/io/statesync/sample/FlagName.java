package io.statesync.sample;

/**
 * The name of a feature flag: 1 to 100 characters, none of them a slash, a backslash or a control character, and no white
 * space at either end. So it fits into a path.
 *
 * @param value the name as it was written
 */
record FlagName(String value) {

    private static final int LONGEST = 100;

    /** @throws InvalidFlagNameException if no flag can be called so; the message says why */
    FlagName {
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > LONGEST) {
            throw new InvalidFlagNameException(
                    "The name of a feature flag has 1 to " + LONGEST + " characters, not " + length + ".");
        }
        if (!value.equals(value.strip()) || value.codePoints().anyMatch(FlagName::isForbidden)) {
            throw new InvalidFlagNameException("The name of a feature flag has no white space at either end,"
                    + " and no slash, backslash, control character or half of a character in it.");
        }
    }

    private static boolean isForbidden(int character) {
        return character == '/'
                || character == '\\'
                || Character.isISOControl(character)
                || Character.getType(character) == Character.SURROGATE;
    }
}
