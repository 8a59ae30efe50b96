package io.statesync.sample;

/** The names that a source and its replicas have to agree on. */
final class Topics {

    static final String FEATURE_FLAGS = "feature-flags";
    static final String CURRENCIES = "currencies";
    static final String STOCK = "stock";

    private Topics() {}
}
