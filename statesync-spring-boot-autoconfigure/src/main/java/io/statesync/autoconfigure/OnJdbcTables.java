package io.statesync.autoconfigure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether StateSync's tables are used here: to count revisions, to read snapshots, or to keep them. */
final class OnJdbcTables extends SpringBootCondition {

    private static final Bindable<Map<String, Kept>> TOPICS = Bindable.mapOf(String.class, Kept.class);
    private static final Bindable<Map<String, Read>> SOURCES = Bindable.mapOf(String.class, Read.class);

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("StateSync's tables");
        if ("jdbc".equals(context.getEnvironment().getProperty("statesync.counter"))) {
            return ConditionOutcome.match(message.because("statesync.counter is jdbc"));
        }
        if (keeps(context.getEnvironment())) {
            return ConditionOutcome.match(message.because("a topic has persistence.storage: jdbc"));
        }
        boolean read =
                Binder.get(context.getEnvironment())
                        .bind("statesync.sources", SOURCES)
                        .orElse(Map.of())
                        .values()
                        .stream()
                        .anyMatch(source -> "jdbc".equals(source.snapshots()));
        return read
                ? ConditionOutcome.match(message.because("a source has snapshots: jdbc"))
                : ConditionOutcome.noMatch(message.because("nothing is counted, read or kept there"));
    }

    private static boolean keeps(Environment environment) {
        return "jdbc".equals(environment.getProperty("statesync.defaults.persistence.storage"))
                || Binder.get(environment).bind("statesync.topics", TOPICS).orElse(Map.of()).values().stream()
                        .anyMatch(topic -> "jdbc".equals(topic.persistence().storage()));
    }

    record Kept(@DefaultValue Persistence persistence) {}

    record Persistence(@Nullable String storage) {}

    record Read(@Nullable String snapshots) {}
}
