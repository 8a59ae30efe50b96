package io.statesync.autoconfigure;

import io.statesync.RevisionSync;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/** Names the wanted data type and the topics that there are, where Boot would only say "RevisionSync". */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingSyncFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private final @Nullable BeanFactory beans;

    MissingSyncFailureAnalyzer(@Nullable BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        ResolvableType wanted = cause.getResolvableType();
        if (wanted == null || wanted.resolve() != RevisionSync.class) {
            return null;
        }
        List<String> known = known();
        return new FailureAnalysis(
                "A bean wants " + wanted + ", "
                        + (cause.getNumberOfBeansFound() > 1
                                ? "of which there are several."
                                : "but no topic here has that type of data.")
                        + " Known are: " + (known.isEmpty() ? "none" : String.join(", ", known)) + ".",
                "Put @SyncedTopic(\"<topic>\") beside the injection point, with the type that the topic's appliers take;"
                        + " or declare an applier or a container of that type with @SyncedTopic.",
                cause);
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
