package io.statesync.autoconfigure;

import io.statesync.InvalidationPublisher;
import io.statesync.spring.AnnouncementDriver;
import io.statesync.spring.Drivers;
import java.util.List;
import java.util.stream.Stream;

/** What {@code statesync.announce} names. */
final class Announcements {

    private Announcements() {}

    static Stream<InvalidationPublisher> named(List<String> names, List<AnnouncementDriver> drivers) {
        return names.stream()
                .distinct()
                .map(name -> Drivers.named(
                                "statesync.announce", name, drivers, AnnouncementDriver::name, AnnouncementDriver.class)
                        .open());
    }
}
