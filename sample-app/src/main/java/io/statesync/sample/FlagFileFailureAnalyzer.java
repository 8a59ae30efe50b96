package io.statesync.sample;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where the application cannot start because of its file. */
final class FlagFileFailureAnalyzer extends AbstractFailureAnalyzer<FlagFileException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlagFileException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct the file (it looks like {\"new-checkout\":{\"enabled\":true}}), move it away to start without"
                        + " flags, or set sample.data-dir to another directory.",
                cause);
    }
}
