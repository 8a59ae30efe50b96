package io.statesync.spring.mutation;

import io.statesync.mutation.ConnectivityGate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The application's gate, and one that a pause of the context closes. Not a {@link ConnectivityGate} itself, so that the
 * application's is the only bean of that type. Safe for use by any thread.
 */
public final class PausableGate {

    private final ConnectivityGate own;
    private final ConnectivityGate both = new Both();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile boolean paused;

    /** @param own what the application says of its backend */
    public PausableGate(ConnectivityGate own) {
        this.own = own;
    }

    /** Open while both are. */
    public ConnectivityGate gate() {
        return both;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (own.open()) {
            waiting.forEach(Runnable::run);
        }
    }

    private final class Both implements ConnectivityGate {
        @Override
        public boolean open() {
            return !paused && own.open();
        }

        @Override
        public void onOpen(Runnable opened) {
            waiting.add(opened);
            own.onOpen(opened);
        }
    }
}
