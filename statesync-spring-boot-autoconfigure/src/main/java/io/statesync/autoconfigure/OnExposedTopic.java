package io.statesync.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether any topic is to be seen by other processes: without one there are no endpoints. */
final class OnExposedTopic extends SpringBootCondition {

    private static final Bindable<Map<String, Exposure>> TOPICS = Bindable.mapOf(String.class, Exposure.class);

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        List<String> exposed = exposed(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition("exposed topic");
        return exposed.isEmpty()
                ? ConditionOutcome.noMatch(message.because("no statesync.topics.<name>.expose is true"))
                : ConditionOutcome.match(message.foundExactly(exposed));
    }

    private static List<String> exposed(Environment environment) {
        WrittenKeys keys = WrittenKeys.of(environment);
        List<String> exposed = new ArrayList<>();
        if (!keys.areComplete()) {
            Binder.get(environment)
                    .bind("statesync.topics", TOPICS)
                    .orElse(Map.of())
                    .forEach((topic, it) -> {
                        if (it.expose()) {
                            exposed.add(topic);
                        }
                    });
        }
        keys.entries("topics").forEach((topic, name) -> {
            ConfigurationPropertyName expose = name.append("expose");
            if (keys.maybe(expose)
                    && Binder.get(environment)
                            .bind(expose, Bindable.of(Boolean.class))
                            .orElse(false)
                    && !exposed.contains(topic)) {
                exposed.add(topic);
            }
        });
        Collections.sort(exposed);
        return exposed;
    }

    record Exposure(boolean expose) {}
}
