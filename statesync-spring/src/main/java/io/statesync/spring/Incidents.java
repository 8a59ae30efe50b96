package io.statesync.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one topic or source, by kind, and how much of it an operator reads: a line when it begins, one when it
 * ends, and at most {@link #LINES_AN_HOUR} beginnings, so that what goes on and off does not fill the log. One that was left
 * out and goes on is told once there is room. Safe for use by any thread: its monitor guards all fields.
 */
final class Incidents {

    static final int LINES_AN_HOUR = 10;

    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** Bad events come from outside and may never end: they are worth a line this often. */
    private static final long OCCASION = Duration.ofMinutes(10).toNanos();

    /** By kind, whether a line told of its beginning. */
    private Map<String, Boolean> open = Map.of();

    /** When the last lines were written, oldest overwritten first; null before the first. */
    private long @Nullable [] written;

    private int lines;
    private @Nullable Long occasion;

    /** A kind of trouble is there: what to add to the line that tells of it, null if there is to be none. */
    synchronized @Nullable String begin(String kind, long now) {
        if (Boolean.TRUE.equals(open.get(kind))) {
            return null;
        }
        String more = line(now);
        Map<String, Boolean> with = new HashMap<>(open);
        with.put(kind, more != null);
        open = with;
        return more;
    }

    /** Something that neither begins nor ends: as {@link #begin}. */
    synchronized @Nullable String occasion(long now) {
        if (occasion != null && now - occasion < OCCASION) {
            return null;
        }
        String more = line(now);
        occasion = more == null ? occasion : Long.valueOf(now);
        return more;
    }

    private @Nullable String line(long now) {
        long[] moments = written == null ? new long[LINES_AN_HOUR] : written;
        if (isFull(moments, now)) {
            return null;
        }
        moments[lines % LINES_AN_HOUR] = now;
        written = moments;
        lines = lines + 1 < 2 * LINES_AN_HOUR ? lines + 1 : LINES_AN_HOUR;
        return isFull(moments, now) ? "; it comes and goes, what follows within the hour is logged at DEBUG" : "";
    }

    /* The place of the next line holds the moment of the oldest. */
    private boolean isFull(long[] moments, long now) {
        return lines >= LINES_AN_HOUR && now - moments[lines % LINES_AN_HOUR] < HOUR;
    }

    /** All is well again: the kinds of which a line told, in order. */
    synchronized List<String> end() {
        if (open.isEmpty()) {
            return List.of();
        }
        List<String> told = new ArrayList<>();
        open.forEach((kind, wasTold) -> {
            if (wasTold) {
                told.add(kind);
            }
        });
        told.sort(null);
        open = Map.of();
        return told;
    }

    /** This kind is over: whether a line told of it. */
    synchronized boolean end(String kind) {
        Boolean told = open.get(kind);
        if (told == null) {
            return false;
        }
        Map<String, Boolean> without = new HashMap<>(open);
        without.remove(kind);
        open = without;
        return told;
    }
}
