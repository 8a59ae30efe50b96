package io.statesync.spring.json;

import io.statesync.ProtocolException;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;

/** Tells apart, in what reading an envelope threw: a broken stream, broken JSON, and data of another type. */
final class EnvelopeErrors {

    private EnvelopeErrors() {}

    /** The same failure in the protocol's words. */
    static ProtocolException translate(RuntimeException thrown, Type type) throws IOException {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                throw broken;
            }
            if (cause instanceof ProtocolException already) {
                return already;
            }
            if (cause instanceof InputCoercionException) {
                break;
            }
            if (cause instanceof StreamReadException || cause instanceof StreamConstraintsException) {
                return new ProtocolException("the snapshot is not JSON: " + reason(cause), thrown);
            }
        }
        return new ProtocolException(
                "the data of the snapshot does not fit the type " + type.getTypeName() + " at " + path(thrown) + ": "
                        + misfit(thrown),
                thrown);
    }

    /** The same of a record of a persisted snapshot, if its data is of another type; anything else as it is. */
    static RuntimeException ofRecord(JacksonException thrown) {
        return thrown instanceof DatabindException || thrown instanceof InputCoercionException
                ? new IllegalArgumentException(
                        "the record does not fit the topic's type at " + path(thrown) + ": " + misfit(thrown), thrown)
                : thrown;
    }

    /* Jackson says the value, too, which may be a secret: it stays in the cause, for DEBUG. */
    private static String misfit(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFormatException format && format.getValue() != null) {
                return "a " + format.getValue().getClass().getSimpleName() + " cannot be read as "
                        + name(format.getTargetType());
            }
            if (cause instanceof InputCoercionException coercion) {
                return "a number is no " + name(coercion.getTargetType()) + ", or out of its range";
            }
        }
        return reason(thrown);
    }

    private static String name(@Nullable Class<?> type) {
        return type == null ? "what is needed" : type.getName();
    }

    private static String reason(Throwable thrown) {
        return thrown instanceof JacksonException jackson ? jackson.getOriginalMessage() : thrown.toString();
    }

    /** Where in the data, such as {@code data.prices[3].amount}. */
    private static String path(Throwable thrown) {
        StringBuilder path = new StringBuilder("data");
        if (thrown instanceof JacksonException jackson) {
            for (JacksonException.Reference step : jackson.getPath()) {
                if (step.getPropertyName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append('.').append(step.getPropertyName());
                }
            }
        }
        return path.toString();
    }
}
