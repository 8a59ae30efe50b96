package io.statesync.autoconfigure;

import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether any topic is to be seen by other processes: without one there are no endpoints. */
final class OnExposedTopic extends SpringBootCondition {

    private static final Bindable<Map<String, Exposure>> TOPICS = Bindable.mapOf(String.class, Exposure.class);

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, Exposure> topics = Binder.get(context.getEnvironment())
                .bind("statesync.topics", TOPICS)
                .orElse(Map.of());
        List<String> exposed = topics.entrySet().stream()
                .filter(topic -> topic.getValue().expose())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        ConditionMessage.Builder message = ConditionMessage.forCondition("exposed topic");
        return exposed.isEmpty()
                ? ConditionOutcome.noMatch(message.because("no statesync.topics.<name>.expose is true"))
                : ConditionOutcome.match(message.foundExactly(exposed));
    }

    record Exposure(boolean expose) {}
}
