package io.statesync.spring;

import java.util.Map;

/** What has to be on the class path for the transports of StateSync itself. */
final class TransportLibraries {

    private static final Map<String, String> NEEDED = Map.of(
            "stomp",
            "spring-boot-starter-websocket; without a web server spring-websocket, spring-boot-starter-jackson and"
                    + " tyrus-standalone-client",
            "http",
            "spring-boot-starter-restclient and spring-boot-starter-jackson");

    private TransportLibraries() {}

    /** What to write where a transport is named that is not here. */
    static String advice(String transport, Class<?> driver) {
        String needed = NEEDED.get(transport);
        return needed == null
                ? "Correct the name, or declare a bean that is a " + driver.getSimpleName() + " of that name."
                : "Add the library that it needs: " + needed + " (statesync-spring-boot-starter has them).";
    }
}
