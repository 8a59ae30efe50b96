package io.statesync.state;

import io.statesync.Freshness;
import io.statesync.Revision;
import org.jspecify.annotations.Nullable;

/** One generation of a container: a value and its revision, swapped at once. This kind may be read for ever. */
class Held<T> {

    final @Nullable T value;

    /** The revision; an object for it is made for those who ask, and not held by each of many topics. */
    private final long bits;

    private Held(@Nullable T value, long bits) {
        this.value = value;
        this.bits = bits;
    }

    static <T> Held<T> of(@Nullable T value, Revision revision, @Nullable Freshness freshness) {
        return freshness != null && freshness.limited()
                ? new Limited<>(value, revision.bits(), freshness)
                : new Held<>(value, revision.bits());
    }

    Revision revision() {
        return new Revision(bits);
    }

    /** Lets a read of the value pass, or refuses it. */
    void require() {
        // there is no limit
    }

    /** One that is read no longer than its freshness allows. */
    private static final class Limited<T> extends Held<T> {

        private final Freshness limit;

        Limited(@Nullable T value, long bits, Freshness limit) {
            super(value, bits);
            this.limit = limit;
        }

        @Override
        void require() {
            limit.require();
        }
    }
}
