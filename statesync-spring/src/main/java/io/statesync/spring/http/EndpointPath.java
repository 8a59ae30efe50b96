package io.statesync.spring.http;

/** Where the endpoints stand, at both ends. */
final class EndpointPath {

    private EndpointPath() {}

    /** Returns the path if an address can be made by appending to it: empty, or {@code /x} without a slash at its end. */
    static String requireUsable(String path) {
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/") || path.matches(".*[?#*{}\\s].*"))) {
            throw new IllegalArgumentException("\"" + path
                    + "\" is no path for the endpoints: begin with a slash and end" + " without one, as in /statesync");
        }
        return path;
    }
}
