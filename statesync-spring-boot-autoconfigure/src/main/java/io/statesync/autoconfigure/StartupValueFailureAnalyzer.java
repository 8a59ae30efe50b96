package io.statesync.autoconfigure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says of {@code startup: persisted-first} that it is not there yet, rather than that it is no constant of an enum. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("statesync");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        if (property == null
                || !PREFIX.isAncestorOf(property.getName())
                || !property.getName()
                        .getLastElement(ConfigurationPropertyName.Form.UNIFORM)
                        .equals("startup")) {
            return null;
        }
        String value = String.valueOf(property.getValue());
        boolean persisted =
                value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "").equals("persistedfirst");
        return new FailureAnalysis(
                property.getName() + " is \"" + value + "\", "
                        + (persisted
                                ? "which needs snapshots to be persisted; this version of StateSync does not do that."
                                : "which is no way to start.")
                        + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")"),
                "Write \"required\" (wait for the first snapshot) or \"background\" (start without it).",
                cause);
    }
}
