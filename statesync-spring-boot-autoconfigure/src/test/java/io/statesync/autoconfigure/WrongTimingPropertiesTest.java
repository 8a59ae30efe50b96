package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.properties;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations, numbers and limits that make no sense, alone or together. */
class WrongTimingPropertiesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                properties("a negative time-out", "statesync.defaults.fetch-timeout=-1s")
                        .says("statesync.defaults.fetch-timeout", "longer than zero")
                        .advises("30s"),
                properties("a duration that is none", "statesync.defaults.fetch-timeout=soon")
                        .says("statesync.defaults.fetch-timeout", "\"soon\"", "no duration")
                        .advises("\"30s\""),
                properties("no time for a topic to start", "statesync.topics.x.startup-timeout=0s")
                        .says("statesync.topics.x.startup-timeout", "longer than zero")
                        .advises("30s"),
                properties("no time to stop", "statesync.defaults.stop-timeout=0s")
                        .says("statesync.defaults.stop-timeout", "longer than zero")
                        .advises("30s"),
                properties("a topic without time to stop", "statesync.topics.x.stop-timeout=-1s")
                        .says("statesync.topics.x.stop-timeout", "longer than zero")
                        .advises("30s"),
                properties("a back-off that shrinks", "statesync.defaults.catch-up.initial=1m")
                        .says("statesync.defaults.catch-up", "must not be below")
                        .advises("statesync.defaults.catch-up.initial"),
                properties("a topic whose back-off shrinks", "statesync.topics.x.catch-up.max=1ms")
                        .says("statesync.topics.x.catch-up", "must not be below")
                        .advises("statesync.topics.x.catch-up.initial"),
                properties("a back-off without a delay", "statesync.defaults.catch-up.initial=0s")
                        .says("statesync.defaults.catch-up.initial", "longer than zero")
                        .advises("30s"),
                properties("a negative debounce", "statesync.defaults.throttling.debounce=-1s")
                        .says("statesync.defaults.throttling.debounce", "must not be negative")
                        .advises("500ms"),
                properties("a negative throttle", "statesync.topics.x.throttling.throttle=-1s")
                        .says("statesync.topics.x.throttling.throttle", "must not be negative")
                        .advises("500ms"),
                properties("a longest wait without a debounce", "statesync.topics.x.throttling.max-wait=1s")
                        .says("statesync.topics.x.throttling", "maxWait (PT1S) limits a debounce")
                        .advises("statesync.topics.x.throttling.debounce"),
                properties(
                                "a longest wait that is shorter than the debounce",
                                "statesync.defaults.throttling.debounce=2s",
                                "statesync.defaults.throttling.max-wait=1s")
                        .says("statesync.defaults.throttling", "must not be shorter than debounce")
                        .advises(".max-wait, which is not the shorter one"),
                properties("no leading edge of no throttle", "statesync.defaults.throttling.leading=false")
                        .says("statesync.defaults.throttling", "leading = false needs a throttle")
                        .advises(".throttle and .leading"),
                properties("a fetch without an attempt", "statesync.defaults.retry.max-attempts=0")
                        .says("statesync.defaults.retry.max-attempts is 0")
                        .advises("1 or more"),
                properties("a retry whose delays shrink", "statesync.topics.x.retry.initial=1m")
                        .says("statesync.topics.x.retry", "must not be below")
                        .advises("statesync.topics.x.retry.initial"),
                properties("a retry without a delay", "statesync.topics.x.retry.initial=0s")
                        .says("statesync.topics.x.retry.initial", "longer than zero")
                        .advises("30s"),
                properties("a retry with a factor below one", "statesync.defaults.retry.factor=0.5")
                        .says("statesync.defaults.retry.factor", "at least 1")
                        .advises("1 or more"),
                properties(
                                "a retry that outlasts the fetch",
                                "statesync.topics.x.retry.max-attempts=9",
                                "statesync.topics.x.retry.max=10s",
                                "statesync.topics.x.fetch-timeout=5s")
                        .says(
                                "statesync.topics.x.retry.max-attempts is 9",
                                "statesync.topics.x.fetch-timeout",
                                "5000ms")
                        .advises("statesync.topics.x.retry.max"),
                properties(
                                "a retry by default that outlasts the fetch of a topic",
                                "statesync.defaults.retry.max-attempts=9",
                                "statesync.topics.x.fetch-timeout=1s")
                        .says("statesync.topics.x.retry.max-attempts is 9", "statesync.topics.x.fetch-timeout")
                        .advises("fewer attempts"),
                properties("a number that is none", "statesync.defaults.retry.max-attempts=often")
                        .says("statesync.defaults.retry.max-attempts", "\"often\"", "no number")
                        .advises("Write a number"),
                properties("no snapshot at once", "statesync.server.max-concurrent-snapshots=0")
                        .says("statesync.server.max-concurrent-snapshots is 0")
                        .advises("1 or more"),
                properties("a negative queue", "statesync.server.max-waiting-requests=-1")
                        .says("statesync.server.max-waiting-requests is -1")
                        .advises("0 or more"),
                properties("no wait in the queue", "statesync.server.max-wait=0s")
                        .says("statesync.server.max-wait", "longer than zero")
                        .advises("30s"),
                properties("a server without a heart-beat", "statesync.server.heartbeat=0s")
                        .says("statesync.server.heartbeat", "less than a millisecond")
                        .advises("5s"),
                properties("a negative time to send", "statesync.server.send-time-limit=-1s")
                        .says("statesync.server.send-time-limit is -1000ms")
                        .advises("5s"),
                properties("no room for a slow client", "statesync.server.send-buffer-size=0B")
                        .says("statesync.server.send-buffer-size is 0B")
                        .advises("at least 1B"),
                properties("a server path without a slash", "statesync.server.path=statesync")
                        .says("statesync.server.path", "\"statesync\"")
                        .advises("slash"),
                properties("an origin with a pattern", "statesync.server.allowed-origins=https://*.shop.example")
                        .says("statesync.server.allowed-origins", "https://*.shop.example", "no origin")
                        .advises("or \"*\" for all"),
                properties("an origin with a path", "statesync.server.allowed-origins=https://shop.example/page")
                        .says("statesync.server.allowed-origins", "https://shop.example/page", "no origin")
                        .advises("https://shop.example:8443"));
    }
}
