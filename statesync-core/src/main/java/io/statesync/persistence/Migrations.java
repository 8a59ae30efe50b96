package io.statesync.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes data of any former schema version to the current one, step by step: v to v + 1. Immutable; safe for use by any
 * thread if its steps are.
 *
 * @param <D> the form that the steps work on
 */
public final class Migrations<D> {

    private final int version;
    private final Map<Integer, MigrationStep<D>> steps;
    private final @Nullable Validator<? super D> validator;

    private Migrations(Builder<D> builder) {
        this.version = builder.version;
        this.steps = new TreeMap<>(builder.steps);
        this.validator = builder.validator;
    }

    /** No steps: data of the current version alone can be read. */
    public static <D> Migrations<D> none(int version) {
        return Migrations.<D>to(version).build();
    }

    /** Begins to describe the way to this version, 0 or larger. */
    public static <D> Builder<D> to(int version) {
        return new Builder<>(version);
    }

    /** The current version. */
    public int version() {
        return version;
    }

    /** The versions from which there is a step to the next one. */
    public List<Integer> steps() {
        return List.copyOf(steps.keySet());
    }

    /** Whether the result of a migration is looked at before it is used. */
    public boolean validates() {
        return validator != null;
    }

    /** Whether data of this version has steps to go. */
    public boolean needed(int from) {
        return from < version;
    }

    /** The versions whose steps lead from this one to the current one, in order; empty if there is nothing to do. */
    public List<Integer> path(int from) {
        return IntStream.range(from, version).boxed().toList();
    }

    /** Migrates and validates; never throws. */
    public MigrationResult<D> migrate(D data, int from) {
        List<Integer> applied = new ArrayList<>();
        try {
            D now = data;
            if (from > version) {
                throw new FutureSchemaException(from, version);
            }
            for (int at : path(from)) {
                MigrationStep<D> step = steps.get(at);
                if (step == null) {
                    throw new IllegalStateException(
                            "a migration is missing: there is no step from schema " + at + " to " + (at + 1));
                }
                now = step.migrate(now);
                applied.add(at);
            }
            validate(now);
            return new MigrationResult<>(now, from, version, applied, null);
        } catch (Exception e) {
            return new MigrationResult<>(null, from, version, applied, e);
        }
    }

    private void validate(D migrated) {
        if (validator == null) {
            return;
        }
        try {
            validator.validate(migrated);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the validation of schema " + version + " refused the data: " + e.getMessage(), e);
        }
    }

    /** Describes {@link Migrations}. Not safe for use by several threads. */
    public static final class Builder<D> {

        private final int version;
        private final Map<Integer, MigrationStep<D>> steps = new TreeMap<>();
        private @Nullable Validator<? super D> validator;

        private Builder(int version) {
            if (version < 0 || version == RecordVersion.TOMBSTONE) {
                throw new IllegalArgumentException(
                        "a schema version is 0 or larger, and below " + RecordVersion.TOMBSTONE + ", got " + version);
            }
            this.version = version;
        }

        /**
         * Adds the step from this version to the next one.
         *
         * @throws IllegalArgumentException if there is one already, or it leads beyond the current version
         */
        public Builder<D> step(int from, MigrationStep<D> step) {
            if (from < 0 || from >= version) {
                throw new IllegalArgumentException(
                        "a step from schema " + from + " does not lead towards schema " + version);
            }
            if (steps.putIfAbsent(from, step) != null) {
                throw new IllegalArgumentException("there are two steps from schema " + from + ": leave one out");
            }
            return this;
        }

        /** What looks at the result of each migration, also of one without steps. */
        public Builder<D> validator(Validator<? super D> newValidator) {
            this.validator = newValidator;
            return this;
        }

        /** Builds them; a step may be missing, which a migration that needs it says. */
        public Migrations<D> build() {
            return new Migrations<>(this);
        }
    }

    /** Looks at migrated data. */
    @FunctionalInterface
    public interface Validator<D> {

        /**
         * Accepts the data by returning.
         *
         * @throws Exception if the data must not be used; the message says why
         */
        void validate(D data) throws Exception;
    }
}
