package io.statesync.spring;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the driver that a property names, or says what is missing. */
public final class Drivers {

    private Drivers() {}

    /**
     * The driver of that name.
     *
     * @param property what names it, for the message
     * @param driver what a bean would have to be, for the message
     * @param others names that need no driver
     * @throws SetupException if it is not here; the message names the property, those that are here, and the library
     */
    public static <D> D named(
            String property,
            String value,
            List<D> drivers,
            Function<D, String> name,
            Class<D> driver,
            String... others) {
        return drivers.stream()
                .filter(it -> name.apply(it).equals(value))
                .findFirst()
                .orElseThrow(() -> new SetupException(
                        property + " names \"" + value + "\", which is not here."
                                + TopicPlan.known(Stream.concat(
                                                Stream.of(others),
                                                drivers.stream().map(name))
                                        .toList()),
                        TransportLibraries.advice(value, driver)));
    }
}
