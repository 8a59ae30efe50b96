package io.statesync.persistence;

/** Takes data from one schema version to the next. Must not change its argument if it throws. */
@FunctionalInterface
public interface MigrationStep<D> {

    /**
     * The same data in the next schema version.
     *
     * @throws Exception if it cannot be done: the record is set aside
     */
    D migrate(D data) throws Exception;
}
