package io.statesync.mutation;

import io.statesync.policy.NonRetriableException;
import io.statesync.policy.RetryAfter;
import java.time.Duration;

/** Everything is tried again (MU-R2) but what says that it is not retriable (MU-R3), and errors of the VM (MU-R12). */
final class DefaultClassifier implements ErrorClassifier {

    static final ErrorClassifier INSTANCE = new DefaultClassifier();

    /** However long a backend asks to be left alone: rows are locked, and claimed, meanwhile. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private DefaultClassifier() {}

    @Override
    public Verdict classify(Throwable error, MutationTransaction transaction) {
        if (error instanceof NonRetriableException || error instanceof VirtualMachineError) {
            return Verdict.FAIL;
        }
        Duration asked = RetryAfter.atLeast(Duration.ZERO, error);
        if (asked.isZero()) {
            return Verdict.RETRY;
        }
        return Verdict.retryAfter(asked.compareTo(LONGEST) > 0 ? LONGEST : asked);
    }
}
