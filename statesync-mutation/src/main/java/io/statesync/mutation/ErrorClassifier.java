package io.statesync.mutation;

/** Says which failures are worth another attempt. Pure; never called under a lock. If it throws, the default is used. */
@FunctionalInterface
public interface ErrorClassifier {

    /** What becomes of the transaction; {@code error} is what was thrown, without wrappers of the JDK. */
    Verdict classify(Throwable error, MutationTransaction transaction);
}
