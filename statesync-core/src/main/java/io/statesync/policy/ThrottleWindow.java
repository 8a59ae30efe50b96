package io.statesync.policy;

/**
 * The state of a {@link Throttling}: which demand waits, and until when. Not safe for use by several threads: its owner's
 * lock guards it. Times are nanoseconds of {@link Scheduler#now()}.
 */
public final class ThrottleWindow {

    private final long debounce;
    private final long maxWait;
    private final long throttle;
    private final boolean leading;

    private boolean pending;
    private boolean immediate;
    private long first;
    private long last;
    private boolean opened;
    private long windowEnd;

    public ThrottleWindow(Throttling throttling) {
        debounce = Durations.nanos(throttling.debounce());
        maxWait = Durations.nanos(throttling.maxWait());
        throttle = Durations.nanos(throttling.throttle());
        leading = throttling.leading();
    }

    /** Notes a demand. */
    public void trigger(long now) {
        last = now;
        if (pending) {
            return;
        }
        pending = true;
        first = now;
        boolean open = opened && now - windowEnd < 0;
        immediate = throttle > 0 && leading && !open;
        if (throttle > 0 && !leading && !open) {
            open(now);
        }
    }

    /** Whether a demand waits. */
    public boolean pending() {
        return pending;
    }

    /** When the waiting demand may run; meaningless if none waits. */
    public long due() {
        if (immediate) {
            return first;
        }
        long silence = debounce == 0 ? first : Math.min(last - first + debounce, maxWait) + first;
        return opened && windowEnd - silence > 0 ? windowEnd : silence;
    }

    /** The waiting demand runs now: a new window opens. */
    public void ran(long now) {
        pending = false;
        if (throttle > 0) {
            open(now);
        }
    }

    /** The waiting demand was met otherwise; an open window stays open. */
    public void clear() {
        pending = false;
    }

    private void open(long now) {
        opened = true;
        windowEnd = now + throttle;
    }
}
