package io.statesync.spring;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the driver that a property names, or says what is missing. */
public final class Drivers {

    /** What brings the drivers that StateSync has itself. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "http", "spring-boot-starter-restclient and spring-boot-starter-jackson",
            "stomp", "spring-boot-starter-websocket and spring-boot-starter-jackson",
            "jdbc", "spring-boot-starter-jdbc and spring-boot-starter-jackson",
            "postgres", "spring-boot-starter-jdbc, spring-boot-starter-jackson and org.postgresql:postgresql",
            "redis", "spring-boot-starter-data-redis and spring-boot-starter-jackson",
            "kafka", "spring-boot-starter-kafka and spring-boot-starter-jackson");

    private Drivers() {}

    /**
     * The driver of that name.
     *
     * @param property what names it, for the message
     * @param others names that need no driver
     * @throws SetupException if it is not here; the message names the property, those that are here, and the library
     */
    public static <D> D named(
            String property, String value, List<D> drivers, Function<D, String> name, String... others) {
        return drivers.stream()
                .filter(driver -> name.apply(driver).equals(value))
                .findFirst()
                .orElseThrow(() -> unknown(
                        property,
                        value,
                        Stream.concat(Stream.of(others), drivers.stream().map(name))
                                .toList()));
    }

    private static SetupException unknown(String property, String value, List<String> known) {
        String library = LIBRARIES.get(value);
        return new SetupException(
                property + " names \"" + value + "\", which is not here." + TopicPlan.known(known),
                library == null
                        ? "Correct the name, or add the library that it needs."
                        : "Add what it needs: " + library + "; or write another name.");
    }
}
