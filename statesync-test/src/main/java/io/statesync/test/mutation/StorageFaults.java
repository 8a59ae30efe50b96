package io.statesync.test.mutation;

import io.statesync.mutation.store.StoreEvent;
import java.util.List;

/** The disk of a test: without faults every record is on disk as soon as it is written. */
public final class StorageFaults {

    private final RecordedDisk disk;

    StorageFaults(RecordedDisk disk) {
        this.disk = disk;
    }

    /** How many records there are. */
    public int records() {
        return disk.records().size();
    }

    /** The records. */
    List<StoreEvent> written() {
        return disk.records();
    }

    /** From now on records get lost, and whoever waits for them is told so (MU-D2). */
    public void failAppend(Throwable fault) {
        disk.appendFault = fault;
        disk.fail(fault);
    }

    /** From now on records are written, but cannot be brought to disk: a crash loses them. */
    public void failForce(Throwable fault) {
        disk.forceFault = fault;
        disk.fail(fault);
    }

    /** From the next start on the storage cannot be opened (MU-D2). */
    public void failOpen(Throwable fault) {
        disk.openFault = fault;
    }

    /** From now on nothing gets to disk by itself: {@link #force} brings it there, a crash loses it. */
    public void slow() {
        disk.slow = true;
    }

    /** Brings to disk what was written. */
    public void force() {
        disk.force();
    }

    /** At the next crash so many of the last records are torn: each is absent as a whole (MU-D12), and reported. */
    public void tear(int records) {
        if (records < 0) {
            throw new IllegalArgumentException("the number of torn records must not be negative, got " + records);
        }
        disk.tear = records;
    }

    /** No faults any more; what was not lost is on disk. */
    public void heal() {
        disk.appendFault = null;
        disk.forceFault = null;
        disk.openFault = null;
        disk.slow = false;
        disk.tear = 0;
        disk.force();
    }
}
