package io.statesync.memory;

import io.statesync.InvalidationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who listens for a topic; never changed, but replaced. Mostly it is one, who needs no list around him. */
interface Audience {

    void tell(InvalidationEvent event);

    List<Listening> all();

    default void forEach(Consumer<Listening> action) {
        all().forEach(action);
    }

    /** These and one more. */
    static Audience of(@Nullable Audience known, Listening joins) {
        if (known == null) {
            return joins;
        }
        List<Listening> all = new ArrayList<>(known.all());
        all.add(joins);
        return new Several(List.copyOf(all));
    }

    /** These without one; null if nobody is left. */
    static @Nullable Audience without(Audience known, Listening leaves) {
        List<Listening> others =
                known.all().stream().filter(other -> other != leaves).toList();
        return switch (others.size()) {
            case 0 -> null;
            case 1 -> others.get(0);
            default -> new Several(others);
        };
    }

    /** More than one, in the order in which they came. */
    record Several(List<Listening> all) implements Audience {

        @Override
        public void tell(InvalidationEvent event) {
            for (Listening listening : all) {
                listening.tell(event);
            }
        }
    }
}
