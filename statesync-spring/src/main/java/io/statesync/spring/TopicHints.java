package io.statesync.spring;

import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Says of an application that is processed ahead of time which types its topics hold, so that JSON can be bound to them in a
 * native image. The annotated methods are found by {@code @Reflective}. Not a bean: a bean that is such a processor would be
 * left out of the processed application.
 */
final class TopicHints implements BeanFactoryInitializationAotProcessor {

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beans) {
        Type[] types = beans.getBeanProvider(TopicRegistrar.class).stream()
                .map(TopicRegistrar::plan)
                .flatMap(TopicHints::types)
                .filter(DataTypes::isKnown)
                .map(ResolvableType::getType)
                .distinct()
                .toArray(Type[]::new);
        if (types.length == 0) {
            return null;
        }
        return (context, code) -> new BindingReflectionHintsRegistrar()
                .registerReflectionHints(context.getRuntimeHints().reflection(), types);
    }

    /* Of copies, and of what is served. */
    private static Stream<ResolvableType> types(TopicPlan plan) {
        return Stream.concat(
                plan.replicas().values().stream().map(ReplicaDeclaration::type),
                plan.sources().values().stream().map(SourceDeclaration::type));
    }
}
