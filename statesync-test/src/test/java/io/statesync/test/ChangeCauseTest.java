package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.RefreshCause;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.state.StateChange;
import io.statesync.state.SyncedState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener of changes hears why the round was run that brought one. */
class ChangeCauseTest extends HandDrivenTestBed {

    private final SyncedState<String> state = SyncedState.create();
    private final List<StateChange<String>> changes = new ArrayList<>();

    @Test
    void aChangeSaysWhatBroughtIt() {
        state.onChange(changes::add, Runnable::run);
        RevisionSync<String> sync = start(RevisionSync.forTopic(topic)
                .subscriber(hand)
                .provider(provider)
                .applier(state.andThen(snapshot -> {}))
                .executor(executor)
                .scheduler(scheduler));
        change(2);
        settle();
        sync.offer(new SnapshotEnvelope<>(rev(3), "offered")).join();
        provider.answer(4, "asked for");
        sync.refresh().join();

        assertThat(changes)
                .containsExactly(
                        new StateChange<>(null, "one", rev(1), RefreshCause.START),
                        new StateChange<>("one", "state 2", rev(2), RefreshCause.INVALIDATION),
                        new StateChange<>("state 2", "offered", rev(3), RefreshCause.OFFER),
                        new StateChange<>("offered", "asked for", rev(4), RefreshCause.EXPLICIT));
    }

    @Test
    void whatNoSyncAppliedHasNoCause() {
        state.onChange(changes::add, Runnable::run);
        state.apply(new SnapshotEnvelope<>(rev(1), "by hand"));
        RevisionSync<String> sync = start(builderOn(hand));
        assertThat(changes).containsExactly(new StateChange<>(null, "by hand", rev(1), null));
        sync.close();
    }
}
