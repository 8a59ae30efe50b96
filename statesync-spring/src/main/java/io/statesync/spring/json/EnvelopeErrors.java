package io.statesync.spring.json;

import io.statesync.ProtocolException;
import java.io.IOException;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

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
                        + reason(thrown),
                thrown);
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
