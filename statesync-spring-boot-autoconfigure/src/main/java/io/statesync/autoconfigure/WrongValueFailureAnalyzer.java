package io.statesync.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Says of a value under {@code statesync} that cannot be read what one may write there, not how its conversion failed. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("statesync");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        boolean unknownKey = cause.getCause() instanceof UnboundConfigurationPropertiesException;
        if (unknownKey || !PREFIX.isAncestorOf(cause.getName())) {
            return null;
        }
        if (KnownKeys.lacksName(cause.getName())) {
            return withoutName(cause);
        }
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return new FailureAnalysis(
                    cause.getName() + " has a value of its own, but it is a group of other properties.",
                    KnownKeys.below(cause.getName()),
                    cause);
        }
        ConfigurationProperty property = cause.getProperty();
        return property == null ? null : ofValue(property, type, cause);
    }

    /* Spring Boot leaves empty brackets out, so "topics.[].expose" comes as "topics.expose". */
    private static FailureAnalysis withoutName(BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        return new FailureAnalysis(
                name + " lacks a name after " + name.getParent() + ": there is none, or it is empty.",
                "Write " + name.getParent() + ".<name>."
                        + name.getLastElement(ConfigurationPropertyName.Form.DASHED)
                        + " with a name in kebab-case, such as \"price-list\".",
                cause);
    }

    private static FailureAnalysis ofValue(ConfigurationProperty property, Class<?> type, BindException cause) {
        String value = String.valueOf(property.getValue());
        String key = property.getName().getLastElement(ConfigurationPropertyName.Form.UNIFORM);
        String problem = "which is " + (key.equals("startup") ? "no way to start" : notA(type));
        return new FailureAnalysis(
                property.getName() + " is \"" + value + "\", " + problem + "."
                        + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")"),
                key.equals("startup")
                        ? "Write \"required\" (wait for the first snapshot), \"persisted-first\" (start on the one that was"
                                + " saved) or \"background\" (start without one)."
                        : instead(type),
                cause);
    }

    private static String notA(Class<?> type) {
        if (type == Class.class) {
            return "no class on the class path";
        }
        if (type == Duration.class) {
            return "no duration";
        }
        if (type == DataSize.class) {
            return "no size";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "neither true nor false";
        }
        return type.isEnum() ? "none of its values" : "no number that fits";
    }

    private static String instead(Class<?> type) {
        if (type == Class.class) {
            return "Write the binary name of the class with its package, such as \"com.acme.PriceList\", and add its"
                    + " library; or remove the property and let an applier say the type.";
        }
        if (type == Duration.class) {
            return "Write a number and a unit, such as \"200ms\", \"30s\" or \"5m\".";
        }
        if (type == DataSize.class) {
            return "Write a number and a unit, such as \"512KB\" or \"64MB\".";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "Write \"true\" or \"false\".";
        }
        return type.isEnum() ? "Write " + constants(type) + "." : "Write a number, such as \"20\".";
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(it -> "\"" + it.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "\"")
                .collect(Collectors.joining(" or "));
    }
}
