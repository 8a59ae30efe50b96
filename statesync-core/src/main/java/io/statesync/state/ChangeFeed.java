package io.statesync.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells listeners of changes, each on its executor and one call at a time, in the order in which the changes were told
 * here. For containers: those of this package have one each, and yours may have one, too.
 *
 * <p>Telling never waits. A listener that is slower than the changes come misses none of them, but hears several as one:
 * {@code before} of the oldest, {@code after} of the newest. What a listener throws is logged, at WARN the first time in a
 * row, and harms nobody. Safe for registrations by any thread; {@link #tell} is called by one thread at a time.
 */
public final class ChangeFeed<T> {

    /** Never changed, but replaced by those who hold the monitor: most containers have no listener, and no list. */
    private volatile List<Lane<T>> lanes = List.of();

    /** Calls the listener after each change from now on. */
    public Registration register(Consumer<? super StateChange<T>> listener, Executor executor) {
        Lane<T> lane = new Lane<>(listener, executor);
        synchronized (this) {
            List<Lane<T>> more = new ArrayList<>(lanes);
            more.add(lane);
            lanes = more;
        }
        return () -> {
            remove(lane);
            lane.close();
        };
    }

    private synchronized void remove(Lane<T> lane) {
        List<Lane<T>> fewer = new ArrayList<>(lanes);
        fewer.remove(lane);
        lanes = List.copyOf(fewer);
    }

    /** The change has happened. */
    public void tell(StateChange<T> change) {
        lanes.forEach(lane -> lane.add(change));
    }
}
