package io.statesync.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Says what to do where the application cannot start because its database is not there. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<CannotGetJdbcConnectionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotGetJdbcConnectionException cause) {
        String message =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
        if (message.contains("stock.mv.db")) {
            return new FailureAnalysis(
                    "The file with the stock cannot be opened: " + message,
                    "Stop the other source that has it, or set sample.data-dir to a directory of its own.",
                    cause);
        }
        return new FailureAnalysis(
                "The database with the feature flags does not answer: "
                        + NestedExceptionUtils.buildMessage("no connection", cause.getCause()),
                "Start it, or say where it is with spring.datasource.url, .username and .password.",
                cause);
    }
}
