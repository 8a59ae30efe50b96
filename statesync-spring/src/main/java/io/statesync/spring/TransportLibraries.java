package io.statesync.spring;

import java.util.Map;

/** What has to be on the class path for what StateSync itself counts in, announces over and reads from. */
final class TransportLibraries {

    private static final String STARTER = " (statesync-spring-boot-starter has them)";
    private static final String JSON = " and spring-boot-starter-jackson";

    private static final Map<String, String> NEEDED = Map.of(
            "stomp",
            "spring-boot-starter-websocket; without a web server spring-websocket, spring-boot-starter-jackson and"
                    + " tyrus-standalone-client" + STARTER,
            "http",
            "spring-boot-starter-restclient" + JSON + STARTER,
            "jdbc",
            "spring-boot-starter-jdbc" + JSON,
            "postgres",
            "org.postgresql:postgresql, spring-boot-starter-jdbc" + JSON,
            "relay",
            "spring-messaging" + JSON,
            "redis",
            "spring-boot-starter-data-redis" + JSON,
            "kafka",
            "spring-boot-starter-kafka" + JSON);

    private TransportLibraries() {}

    /** What to write where a transport is named that is not here. */
    static String advice(String transport, Class<?> driver) {
        String needed = NEEDED.get(transport);
        return needed == null
                ? "Correct the name, or declare a bean that is a " + driver.getSimpleName() + " of that name."
                : "Add the library that it needs: " + needed + ".";
    }
}
