package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.WrongSetup.properties;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong about {@code statesync.topics}, and about keys in general. */
class WrongTopicPropertiesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isExplained(WrongSetup wrong) {
        wrong.check();
    }

    static Stream<WrongSetup> all() {
        return Stream.of(
                properties("a topic that nothing here has to do with", "statesync.topics.prcies.startup=background")
                        .says("statesync.topics.prcies", "nothing here", "@SyncedTopic")
                        .advises("@SyncedTopic(\"prcies\")", "statesync.topics.prcies.type"),
                properties("a phantom topic from an environment variable")
                        .withVariable("STATESYNC_TOPICS_PRCIES_STARTUP", "background")
                        .says("statesync.topics.prcies", "environment variable", "neither dashes nor capitals")
                        .advises("Correct the name"),
                properties("an exposed topic without a source", "statesync.topics.prices.expose=true")
                        .says("statesync.topics.prices.expose", "no method here returns")
                        .advises("@TopicSource(\"prices\")"),
                properties("an illegal topic name", "statesync.topics[ x].startup=background")
                        .says("statesync.topics", "\" x\"", "white space")
                        .advises("kebab-case"),
                properties(
                                "a topic name that is too long",
                                "statesync.topics." + "x".repeat(256) + ".startup=background")
                        .says("statesync.topics", "illegal topic name")
                        .advises("kebab-case"),
                properties("a topic without a name")
                        .withRaw("statesync.topics[].startup", "background")
                        .says("statesync.topics.startup", "lacks a name", "empty")
                        .advises("statesync.topics.<name>.startup", "kebab-case"),
                properties("brackets without a name, after a dot")
                        .withRaw("statesync.topics.[].startup", "background")
                        .says("statesync.topics.startup", "lacks a name", "empty")
                        .advises("statesync.topics.<name>.startup", "kebab-case"),
                properties("a value instead of a topic", "statesync.topics.prices=true")
                        .says("statesync.topics.prices has a value", "group")
                        .advises("statesync.topics.prices.expose"),
                properties("a list instead of topics", "statesync.topics=prices,stock")
                        .says("statesync.topics has a value", "group")
                        .advises("statesync.topics.<name>.<property>"),
                properties("a value instead of a throttling", "statesync.topics.x.throttling=1s")
                        .says("statesync.topics.x.throttling has a value", "group")
                        .advises("statesync.topics.x.throttling.throttle"),
                properties("a class that is not there", "statesync.topics.x.type=com.acme.PriceLits")
                        .says("statesync.topics.x.type", "com.acme.PriceLits", "no class on the class path")
                        .advises("binary name", "com.acme.PriceList"),
                properties("neither true nor false", "statesync.topics.x.expose=maybe")
                        .says("statesync.topics.x.expose", "\"maybe\"", "neither true nor false")
                        .advises("\"true\" or \"false\""),
                properties("a way to start that is none", "statesync.defaults.startup=later")
                        .says("statesync.defaults.startup", "\"later\"", "no way to start")
                        .advises("\"required\"", "\"persisted-first\"", "\"background\""),
                properties("a reaction that is none", "statesync.defaults.on-regression=panic")
                        .says("statesync.defaults.on-regression", "\"panic\"", "none of its values")
                        .advises("\"ignore\" or \"accept\""),
                properties("an unknown key of a topic", "statesync.topics.x.fetch-timout=1s")
                        .says("statesync.topics.x.fetch-timout is no property")
                        .advises("Did you mean statesync.topics.x.fetch-timeout?"),
                properties("an unknown key of a group of a topic", "statesync.topics.x.throttling.window=1s")
                        .says("statesync.topics.x.throttling.window is no property")
                        .advises("Known are: debounce, max-wait, throttle, leading"),
                properties("an unknown key of the defaults", "statesync.defaults.retry.attempts=3")
                        .says("statesync.defaults.retry.attempts is no property")
                        .advises("Did you mean statesync.defaults.retry."),
                properties("an unknown key of the server", "statesync.server.port=1")
                        .says("statesync.server.port is no property")
                        .advises("Did you mean statesync.server.path?"),
                properties("an unknown key at the top", "statesync.topic.x.expose=true")
                        .says("statesync.topic.x.expose is no property")
                        .advises("Did you mean statesync.topics?"),
                properties("a dotted name without brackets", "statesync.topics.feature.flags.expose=true")
                        .says("statesync.topics.feature.flags.expose is no property")
                        .advises("[feature.flags]"));
    }
}
