package io.statesync.autoconfigure.environment;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Says of a bean that could not be bound which property is at fault; not which value, which may be a secret. */
final class BindingFailures {

    private static final Logger log = LoggerFactory.getLogger(BindingFailures.class);

    private BindingFailures() {}

    /* Without the cause: its text has the value in it. */
    static IllegalStateException explained(PropertiesBean bean, ConfigurationPropertiesBindException failure) {
        log.debug("Bean \"{}\" could not be bound again", bean.name(), failure);
        return new IllegalStateException("bean \"" + bean.name() + "\" is left as it was: " + fault(failure)
                + ". Correct it at the source of the topic, or keep it out with except(..)");
    }

    private static String fault(Throwable failure) {
        String property = null;
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                return invalid(invalid);
            }
            if (cause instanceof BindException binding) {
                property = "property \"" + binding.getName() + "\" cannot be bound to "
                        + binding.getTarget().getType();
            }
            root = cause;
        }
        String kind = " (" + root.getClass().getSimpleName() + ", at DEBUG in full)";
        return (property == null ? "its properties cannot be bound" : property) + kind;
    }

    private static String invalid(BindValidationException failure) {
        String prefix = failure.getValidationErrors().getName().toString();
        List<ObjectError> errors = failure.getValidationErrors().getAllErrors();
        return errors.stream()
                .map(error -> (error instanceof FieldError field
                                ? "property \"" + prefix + "." + field.getField() + "\" "
                                : "\"" + prefix + "\" ")
                        + error.getDefaultMessage())
                .collect(Collectors.joining(", "));
    }
}
