package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a container: a value and its revision, swapped at once. Immutable. This kind may be read for ever, and
 * so shows its value; one with a limit shows that it has to be asked.
 */
class Held<T> {

    /** In place of a value that is not to be read without asking. */
    static final Object ASK = new Object();

    /** The value, or {@link #ASK}: a read compares it with a constant, and looks at nothing else. */
    final @Nullable Object shown;

    /** The revision; an object for it is made for those who ask, and not held by each of many topics. */
    private final long bits;

    private Held(@Nullable Object shown, long bits) {
        this.shown = shown;
        this.bits = bits;
    }

    static <T> Held<T> of(@Nullable T value, Revision revision, @Nullable Freshness freshness) {
        return freshness != null && freshness.limited()
                ? new Limited<>(value, revision.bits(), freshness)
                : new Held<>(value, revision.bits());
    }

    final Revision revision() {
        return new Revision(bits);
    }

    /** The value, however old it is. */
    @SuppressWarnings("unchecked") // only one with a limit shows something else
    @Nullable
    T value() {
        return (T) shown;
    }

    /** The value, for those who found {@link #ASK}; refuses a read that comes too late. */
    @Nullable
    T ask() {
        return value();
    }

    /** One that is read no longer than its freshness allows. */
    private static final class Limited<T> extends Held<T> {

        private final @Nullable T value;
        private final Freshness limit;

        Limited(@Nullable T value, long bits, Freshness limit) {
            super(ASK, bits);
            this.value = value;
            this.limit = limit;
        }

        @Override
        @Nullable
        T value() {
            return value;
        }

        @Override
        @Nullable
        T ask() {
            limit.require();
            return value;
        }
    }
}
