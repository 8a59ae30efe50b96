package io.statesync.mutation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All collections in one version: what one step changed in several of them is seen in all or in none. Immutable. */
final class EngineView {

    static final EngineView EMPTY = new EngineView(new View[0]);

    private final View[] views;

    /** The array is not written any more. */
    EngineView(View[] views) {
        this.views = views;
    }

    View of(Rows rows) {
        return views[rows.index];
    }

    /** The rows of that collection; null if it is not open. */
    @Nullable
    View named(String collection) {
        for (View view : views) {
            if (view.collection().equals(collection)) {
                return view;
            }
        }
        return null;
    }

    View[] copy() {
        return views.clone();
    }

    EngineView with(View added) {
        View[] more = Arrays.copyOf(views, views.length + 1);
        more[views.length] = added;
        return new EngineView(more);
    }
}
