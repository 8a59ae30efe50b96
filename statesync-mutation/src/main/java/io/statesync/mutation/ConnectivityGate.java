package io.statesync.mutation;

/** Says whether the backend can be reached: while not, no attempt begins, and none is used up (MU-R10). */
public interface ConnectivityGate {

    /** Always open. */
    ConnectivityGate OPEN = new ConnectivityGate() {
        @Override
        public boolean open() {
            return true;
        }

        @Override
        public void onOpen(Runnable opened) {
            // it is never closed
        }
    };

    /** Whether attempts may begin. Asked under no lock, by whoever has something to be sent; must not block. */
    boolean open();

    /** Calls this each time the gate has opened, on any thread, under no lock. Registered once, when the engine starts. */
    void onOpen(Runnable opened);
}
