package io.statesync.sample;

/**
 * The name of a feature flag: 1 to 100 characters, none of them a control character, and no white space at either end.
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
        if (!value.equals(value.strip()) || value.codePoints().anyMatch(FlagName::isUnprintable)) {
            throw new InvalidFlagNameException("The name of a feature flag has no white space at either end, and no"
                    + " control characters or halves of characters in between.");
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
