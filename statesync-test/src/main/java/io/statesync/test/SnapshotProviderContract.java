package io.statesync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.statesync.ConditionalSnapshotProvider;
import io.statesync.Revision;
import io.statesync.RevisionSync;
import io.statesync.SnapshotEnvelope;
import io.statesync.SnapshotProvider;
import io.statesync.SyncListener;
import io.statesync.memory.InMemoryTransport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every snapshot provider promises (SP-01 to SP-04). Extend it, and say how to change the truth and which faults there
 * can be. The tests run on a source of their own each; the time-out is only there to end a hanging one.
 */
@Timeout(120)
public abstract class SnapshotProviderContract {

    private static final int READS = 300;

    /** The provider under test, reading the topic that {@link #change} changes. Its data is a text. */
    protected abstract SnapshotProvider<String> provider() throws Exception;

    /** Changes the truth, then issues a revision, as P6 asks. Called by one thread at a time. */
    protected abstract Revision change(String data) throws Exception;

    /** Which faults this kind of provider can meet. */
    protected abstract Set<ProviderFault> faults();

    /** A provider that meets the fault. A limit or time-out of its own must be short. */
    protected abstract SnapshotProvider<?> facing(ProviderFault fault) throws Exception;

    @Test
    @DisplayName("SP-01: the newest snapshot is returned")
    void theNewestSnapshotIsReturned() throws Exception {
        SnapshotProvider<String> provider = provider();
        change("one");
        Revision newest = change("two, with ümlauts and \"quotes\" \uD83D\uDE80");

        SnapshotEnvelope<String> snapshot = provider.getSnapshot();

        assertThat(snapshot.revision()).isEqualTo(newest);
        assertThat(snapshot.data()).isEqualTo("two, with ümlauts and \"quotes\" \uD83D\uDE80");
    }

    @Test
    @DisplayName("SP-02: not modified exactly at the revision asked; the snapshot when the source is newer or older")
    void onlyTheVeryRevisionIsNotModified() throws Exception {
        SnapshotProvider<String> unconditional = provider();
        if (!(unconditional instanceof ConditionalSnapshotProvider<String> provider)) {
            // a provider that never says "not modified" cannot say it wrongly
            return;
        }
        Revision first = change("one");
        Revision second = change("two");
        assertThat(provider.getSnapshot().revision()).isEqualTo(second);

        assertThat(provider.getSnapshotUnless(second)).isEmpty();
        assertThat(provider.getSnapshotUnless(first)).isPresent();
        assertThat(provider.getSnapshotUnless(second.next())).hasValueSatisfying(older -> {
            assertThat(older.revision()).isEqualTo(second);
            assertThat(older.data()).isEqualTo("two");
        });

        Revision third = change("three");
        assertThat(provider.getSnapshotUnless(second)).hasValueSatisfying(newer -> {
            assertThat(newer.revision()).isEqualTo(third);
            assertThat(newer.data()).isEqualTo("three");
        });
        assertThat(provider.getSnapshotUnless(third)).isEmpty();
    }

    @TestFactory
    @DisplayName("SP-03: each fault is a clear error with the right phase")
    Stream<DynamicTest> eachFaultIsAClearErrorWithTheRightPhase() {
        return faults().stream()
                .map(fault -> DynamicTest.dynamicTest("SP-03: " + fault, () -> {
                    RecordingListener listener = new RecordingListener();
                    try (RevisionSync<?> sync = replicaOf(facing(fault), listener)) {
                        assertThatThrownBy(sync::start).isInstanceOf(Exception.class);
                    }
                    assertThat(listener.errors()).singleElement().satisfies(error -> {
                        assertThat(error.phase())
                                .as("phase of %s", error.error())
                                .isEqualTo(fault.phase());
                        assertThat(error.error().getMessage()).isNotBlank();
                    });
                }));
    }

    private static <T> RevisionSync<T> replicaOf(SnapshotProvider<T> provider, SyncListener listener) {
        return RevisionSync.forTopic("greeting")
                .subscriber(new InMemoryTransport())
                .provider(provider)
                .applier(snapshot -> {})
                .listener(listener)
                .build();
    }

    @Test
    @DisplayName("SP-03: no two faults have the same message")
    void noTwoFaultsHaveTheSameMessage() throws Exception {
        Map<ProviderFault, String> messages = new EnumMap<>(ProviderFault.class);
        for (ProviderFault fault : faults()) {
            Throwable error = catchThrowable(facing(fault)::getSnapshot);
            assertThat(error)
                    .as("what a provider throws when it meets %s", fault)
                    .isInstanceOf(Exception.class);
            messages.put(fault, String.valueOf(error.getMessage()).replaceAll("https?://\\S+", "URL"));
        }

        assertThat(messages.values()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("SP-04: revision and data are consistent while a writer runs at full speed")
    void noLabelIsNewerThanItsData() throws Exception {
        SnapshotProvider<String> provider = provider();
        LongStream.Builder written = LongStream.builder();
        written.add(change("0").bits());
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> {
                    for (int i = 1; !enough.get(); i++) {
                        written.add(changed(Integer.toString(i)).bits());
                    }
                },
                task -> new Thread(task, "writer").start());
        List<SnapshotEnvelope<String>> read = new ArrayList<>();
        Set<Revision> labels = new HashSet<>();
        try {
            while ((read.size() < READS || labels.size() < 2) && !writer.isDone()) {
                read.add(provider.getSnapshot());
                labels.add(read.get(read.size() - 1).revision());
            }
        } finally {
            enough.set(true);
            writer.join();
        }

        // the position of a revision is what the truth was when it was issued
        long[] revisions = written.build().toArray();
        assertThat(read)
                .allSatisfy(snapshot -> assertThat(Integer.parseInt(String.valueOf(snapshot.data())))
                        .as("the data under label %s", snapshot.revision())
                        .isGreaterThanOrEqualTo(Arrays.binarySearch(
                                revisions, snapshot.revision().bits())));
    }

    private Revision changed(String data) {
        try {
            return change(data);
        } catch (Exception e) {
            throw new IllegalStateException("the source refused a change", e);
        }
    }
}
