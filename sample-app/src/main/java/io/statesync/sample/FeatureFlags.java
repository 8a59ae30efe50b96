package io.statesync.sample;

import io.statesync.Revision;

/** Changes the truth about feature flags, wherever it is kept. Safe for use by any thread. */
interface FeatureFlags {

    /**
     * Creates or changes a flag. When this returns, it is done and announced.
     *
     * @return the revision with which the change came
     */
    Revision put(FlagName name, Flag flag);

    /**
     * Deletes a flag.
     *
     * @return the revision with which it was gone
     * @throws UnknownFlagException if there is none of this name; nothing has changed then, and nothing is announced
     */
    Revision delete(FlagName name);
}
