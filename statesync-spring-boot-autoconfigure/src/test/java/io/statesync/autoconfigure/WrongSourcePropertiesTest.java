package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.SHOP;
import static io.statesync.autoconfigure.WrongSetup.TOPIC;
import static io.statesync.autoconfigure.WrongSetup.properties;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.RestClient;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/** What can be wrong about {@code statesync.sources}. */
class WrongSourcePropertiesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                properties("a URL without a scheme", "statesync.sources.shop.urls=localhost:9")
                        .says("statesync.sources.shop.urls", "localhost:9", "http://")
                        .advises("https://shop:8080"),
                properties("a URL that is none", "statesync.sources.shop.urls=http://a b")
                        .says("statesync.sources.shop.urls", "http://a b", "no base URL")
                        .advises("https://shop:8080"),
                properties("the URL of a web socket", "statesync.sources.shop.urls=ws://shop:8080")
                        .says(
                                "statesync.sources.shop.urls",
                                "ws://shop:8080",
                                "does not begin with http:// or https://")
                        .advises("https://shop:8080", "WebSocket address is derived"),
                properties("a URL with a query", "statesync.sources.shop.urls=http://shop?a=b")
                        .says("statesync.sources.shop.urls", "neither query nor fragment")
                        .advises("https://shop:8080"),
                properties("a URL with a password", "statesync.sources.shop.urls=http://me:secret@shop")
                        .says("statesync.sources.shop.urls", "credentials", "\"shop\"")
                        .advises("RestClientCustomizer", "StompHandshakeCustomizer"),
                properties("stomp without a URL", "statesync.sources.shop.events=stomp")
                        .says("\"shop\"", "stomp", "no URL")
                        .advises("statesync.sources.shop.urls"),
                properties("http without a URL", "statesync.sources.shop.snapshots=http")
                        .says("\"shop\"", "http", "no URL")
                        .advises("statesync.sources.shop.urls"),
                properties("a value instead of a source", "statesync.sources.shop=http://shop:8080")
                        .says("statesync.sources.shop has a value", "group")
                        .advises("statesync.sources.shop.urls"),
                properties(
                                "a transport for events that there is not",
                                SHOP,
                                TOPIC,
                                "statesync.sources.shop.events=pigeons")
                        .says("statesync.sources.shop.events", "pigeons", "application-events, stomp")
                        .advises("Correct the name", "EventDriver"),
                properties("stomp without its library", SHOP, TOPIC)
                        .without(SubProtocolWebSocketHandler.class)
                        .says("statesync.sources.shop.events", "\"stomp\"", "not here")
                        .advises("spring-boot-starter-websocket", "tyrus-standalone-client"),
                properties("http without its library", SHOP, TOPIC, "statesync.sources.shop.events=application-events")
                        .without(RestClient.class)
                        .says("statesync.sources.shop.snapshots", "\"http\"", "not here")
                        .advises("spring-boot-starter-restclient"),
                properties(
                                "a way to read snapshots that there is not",
                                SHOP,
                                TOPIC,
                                "statesync.sources.shop.snapshots=pigeons")
                        .says("statesync.sources.shop.snapshots", "pigeons", "http, local")
                        .advises("Correct the name", "SnapshotDriver"),
                properties(
                                "local snapshots of a topic that is not here",
                                SHOP,
                                TOPIC,
                                "statesync.sources.shop.snapshots=local")
                        .says("\"x\"", "statesync.sources.shop.snapshots is \"local\"", "no method here returns it")
                        .advises("statesync.sources.shop.urls", "@TopicSource(\"x\")"),
                properties(
                                "events over Kafka, and nothing said of snapshots",
                                TOPIC,
                                "statesync.sources.shop.events=kafka")
                        .says("\"x\"", "statesync.sources.shop.snapshots is \"local\"")
                        .advises("statesync.sources.shop.urls", "another statesync.sources.shop.snapshots"),
                properties("an unknown SSL bundle", SHOP, TOPIC, "statesync.sources.shop.ssl-bundle=b")
                        .says("statesync.sources.shop.ssl-bundle", "\"b\"")
                        .advises("spring.ssl.bundle"),
                properties("a path without a slash", SHOP, "statesync.sources.shop.path=statesync")
                        .says("statesync.sources.shop.path", "\"statesync\"")
                        .advises("slash", "/statesync"),
                properties("no room for a snapshot", SHOP, "statesync.sources.shop.max-snapshot-size=0B")
                        .says("statesync.sources.shop.max-snapshot-size is 0B")
                        .advises("at least 1B"),
                properties("a size that is none", SHOP, "statesync.sources.shop.max-snapshot-size=large")
                        .says("statesync.sources.shop.max-snapshot-size", "\"large\"", "no size")
                        .advises("64MB"),
                properties("a probe without a pause", SHOP, "statesync.sources.shop.probe-interval=0s")
                        .says("statesync.sources.shop.probe-interval", "longer than zero")
                        .advises("30s"),
                properties("a negative time to connect", SHOP, "statesync.sources.shop.connect-timeout=-1s")
                        .says("statesync.sources.shop.connect-timeout", "longer than zero")
                        .advises("30s"),
                properties("no time to read", SHOP, "statesync.sources.shop.read-timeout=0s")
                        .says("statesync.sources.shop.read-timeout", "longer than zero")
                        .advises("30s"),
                properties("no fetch at once", SHOP, "statesync.sources.shop.max-concurrent-fetches=0")
                        .says("statesync.sources.shop.max-concurrent-fetches is 0")
                        .advises("1 or more"),
                properties("no heart-beat", SHOP, "statesync.sources.shop.heartbeat=0s")
                        .says("statesync.sources.shop.heartbeat", "less than a millisecond")
                        .advises("5s"),
                properties("no time for a receipt", SHOP, "statesync.sources.shop.receipt-timeout=0s")
                        .says("statesync.sources.shop.receipt-timeout", "longer than zero")
                        .advises("30s"),
                properties(
                                "reconnects that come faster and faster",
                                SHOP,
                                "statesync.sources.shop.reconnect.initial=1m")
                        .says("statesync.sources.shop.reconnect", "must not be below")
                        .advises("statesync.sources.shop.reconnect.initial"),
                properties("an unknown source", SHOP, TOPIC, "statesync.topics.x.source=shpo")
                        .says("statesync.topics.x.source", "shpo", "Known here: shop")
                        .advises("statesync.sources.shpo", "correct the name"),
                properties("an unknown default source", SHOP, TOPIC, "statesync.defaults.source=a")
                        .says("statesync.defaults.source", "\"a\"", "Known here: shop")
                        .advises("statesync.sources.a"),
                properties("no source at all", TOPIC)
                        .says("\"x\" has no source", "no statesync.sources are configured")
                        .advises("statesync.sources.<name>.urls", "@TopicSource(\"x\")"),
                properties("several sources and none chosen", SHOP, TOPIC, "statesync.sources.b.urls=http://b")
                        .says("\"x\" has no source", "Known here: b, shop")
                        .advises("statesync.topics.x.source", "statesync.defaults.source"),
                properties("an unknown key of a source", "statesync.sources.shop.url=http://a")
                        .says("statesync.sources.shop.url is no property")
                        .advises("Did you mean statesync.sources.shop.urls?"));
    }
}
