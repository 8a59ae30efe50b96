package io.statesync.autoconfigure;

import io.statesync.RevisionSync;
import io.statesync.spring.SyncedTopic;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/** Names the wanted topic and data type, and the topics that there are, where Boot would only name the class. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingSyncFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String ACTION_FOR_A_SYNC =
            "Put @SyncedTopic(\"<topic>\") beside the injection point, with the type that the topic's appliers take;"
                    + " or declare an applier or a container of that type with @SyncedTopic.";

    private final @Nullable BeanFactory beans;

    MissingSyncFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        ResolvableType wanted = cause.getResolvableType();
        if (wanted == null) {
            return null;
        }
        SyncedTopic qualifier = qualifier(rootFailure, cause);
        boolean sync = wanted.resolve() == RevisionSync.class;
        if (qualifier == null && !sync && wanted.resolve() != SyncedState.class) {
            return null;
        }
        List<String> known = known();
        return new FailureAnalysis(
                "A bean wants " + wanted
                        + (qualifier == null ? ", " : " with @SyncedTopic(\"" + qualifier.value() + "\"), ")
                        + problem(cause, qualifier) + " Known are: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)) + ".",
                sync ? ACTION_FOR_A_SYNC : ofContainer(wanted, qualifier),
                cause);
    }

    private static String ofContainer(ResolvableType wanted, @Nullable SyncedTopic qualifier) {
        String topic = qualifier == null ? "<topic>" : qualifier.value();
        return (qualifier == null
                        ? "Put @SyncedTopic(\"<topic>\") beside the injection point, with the type of the topic's container"
                        : "Correct the name of the topic or the type at the injection point")
                + ", or declare the container: @Bean @SyncedTopic(\"" + topic + "\") "
                + wanted.toClass().getSimpleName() + "<..>.";
    }

    private static String problem(NoSuchBeanDefinitionException cause, @Nullable SyncedTopic qualifier) {
        if (cause.getNumberOfBeansFound() > 1) {
            return "of which there are several.";
        }
        return qualifier == null
                ? "but no topic here has that type of data."
                : "but there is no such topic here, or it has another type of data.";
    }

    /* What stands beside the injection point that could not be served. */
    private static @Nullable SyncedTopic qualifier(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        SyncedTopic found = null;
        for (Throwable at = rootFailure; at != null && at != cause; at = at.getCause()) {
            InjectionPoint point = at instanceof UnsatisfiedDependencyException it ? it.getInjectionPoint() : null;
            if (point != null) {
                found = point.getAnnotation(SyncedTopic.class);
            }
        }
        return found;
    }

    private List<String> known() {
        List<String> known = new ArrayList<>();
        if (beans instanceof ConfigurableListableBeanFactory factory) {
            for (String name : factory.getBeanNamesForType(RevisionSync.class, true, false)) {
                BeanDefinition definition = factory.getMergedBeanDefinition(name);
                known.add("\"" + name + "\" (" + definition.getResolvableType().getGeneric(0) + ")");
            }
        }
        return known;
    }
}
