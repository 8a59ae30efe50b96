package io.statesync.test;

import io.statesync.RevisionSync;
import io.statesync.RevisionSyncBuilder;

/** The test bed with subscriptions in the test's hand: an event has been handled when {@link #deliver} returns. */
abstract class HandDrivenTestBed extends EngineTestBed {

    final HandSubscriber hand = HandSubscriber.confirming();

    RevisionSyncBuilder<String> builder() {
        return builderOn(hand);
    }

    RevisionSync<String> started() {
        return start(builder());
    }

    void deliver(long revision) {
        hand.last().deliver(revision);
    }

    /** The source is at this revision and says so. */
    void change(long revision) {
        provider.answer(revision, "state " + revision);
        deliver(revision);
    }
}
