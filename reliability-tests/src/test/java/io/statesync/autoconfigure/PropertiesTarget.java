package io.statesync.autoconfigure;

import io.statesync.reliability.FuzzTarget;
import io.statesync.reliability.Input;
import io.statesync.reliability.Oracle;
import io.statesync.spring.SyncSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Lines of {@code key=value} below {@code statesync}: settings, or an error that one of the failure analyzers explains, by
 * the name of a property that was set.
 */
public final class PropertiesTarget implements FuzzTarget {

    private static final String[] KEYS = {
        "topics.prices.",
        "topics.[feature.flags].",
        "sources.shop.",
        "defaults.",
        "server.",
        "persistence.",
        "mutations.",
        "redis.",
        "jdbc.",
        "postgres.",
        "kafka.",
        "relay.",
        ""
    };
    private static final String[] LEAVES = {
        "expose",
        "source",
        "type",
        "startup",
        "startup-timeout",
        "fetch-timeout",
        "on-regression",
        "max-staleness",
        "catch-up.initial",
        "catch-up.max",
        "throttling.debounce",
        "throttling.max-wait",
        "retry.factor",
        "retry.max-attempts",
        "persistence.storage",
        "persistence.schema-version",
        "persistence.integrity",
        "urls",
        "urls[0]",
        "path",
        "events",
        "snapshots",
        "probe-interval",
        "max-snapshot-size",
        "max-concurrent-fetches",
        "heartbeat",
        "allowed-origins",
        "send-buffer-size",
        "max-wait",
        "ssl-bundle",
        "counter",
        "announce",
        ""
    };

    private final List<FailureAnalyzer> analyzers =
            SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, null, (a, b, c) -> {});

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String value : List.of(
                "true", "30s", "-1", "64MB", "http://shop:8080", "", "${x}", "redis", "\u0000", "P9999999999D")) {
            for (int i = 0; i < LEAVES.length; i += 3) {
                seeds.add(Input.of(value + "\n", i % KEYS.length, i, 0));
            }
        }
        seeds.add(Input.of("topics.a.b.c=x\n", 255));
        seeds.add(Input.of("topcs.prices.expose=true\n", 255));
        return seeds;
    }

    @Override
    public void play(byte[] bytes) throws Exception {
        Map<String, Object> properties = new LinkedHashMap<>();
        Input input = new Input(bytes);
        while (!input.isAtEnd() && properties.size() < 8) {
            int group = input.choice();
            if (group < 200) {
                String key = KEYS[group % KEYS.length] + input.oneOf(LEAVES);
                properties.put("statesync." + key, input.line());
            } else {
                String[] line = input.line().split("=", 2);
                properties.put("statesync." + line[0], line.length > 1 ? line[1] : "");
            }
        }
        read(properties);
    }

    private void read(Map<String, Object> properties) throws Exception {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(it -> environment.getPropertySources().remove(it.getName()));
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        ConfigurationPropertySources.attach(environment);
        try {
            SyncSettings settings = SettingsReader.read(environment).topics();
            Oracle.holds(settings != null, "no settings");
        } catch (Exception refusal) {
            explained(refusal, properties);
        }
    }

    private void explained(Exception refusal, Map<String, Object> properties) throws Exception {
        for (FailureAnalyzer analyzer : analyzers) {
            FailureAnalysis analysis = analyzer.analyze(refusal);
            if (analysis != null) {
                Oracle.holds(
                        analysis.getDescription()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .contains("statesync")
                                || analysis.getDescription().contains("Source \""),
                        "no property is named: " + analysis.getDescription() + " of " + properties);
                Oracle.holds(
                        analysis.getAction() != null && !analysis.getAction().isBlank(),
                        "nothing to do about it: " + analysis.getDescription());
                return;
            }
        }
        throw refusal;
    }
}
