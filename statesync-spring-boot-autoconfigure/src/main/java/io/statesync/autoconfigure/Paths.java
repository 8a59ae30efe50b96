package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;

/** Paths that users may set. */
final class Paths {

    private Paths() {}

    /** The path, if it can be put before another one. */
    static String requireValid(String property, String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new SetupException(
                    property + " is \"" + path + "\", which is no path to put others below.",
                    "Let it begin with a slash and not end with one, such as \"/statesync\".");
        }
        return path;
    }
}
