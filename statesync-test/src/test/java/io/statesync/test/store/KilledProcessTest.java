package io.statesync.test.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.mutation.store.TransactionStorage;
import io.statesync.mutation.store.TransactionStorageException;
import io.statesync.test.ChildJvm;
import io.statesync.test.RecordingSink;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with an embedded file is killed with -9 at random moments, again and again. {@code -Dstatesync.store.kills=500}
 * is the long form, {@code -Dstatesync.store.seed} repeats the moments.
 */
class KilledProcessTest {

    @TempDir
    private Path directory;

    @Test
    @DisplayName("MU-D1, MU-D3, MU-D12: whatever was acknowledged is there after kill -9, and nothing is there by half")
    void whateverWasAcknowledgedIsThereAfterAKill() throws Exception {
        int kills = Integer.getInteger("statesync.store.kills", 4);
        String file = directory.resolve("transactions.db").toString();

        KilledProcess killed = new KilledProcess(file, 4);
        for (int kill = 0; kill < kills; kill++) {
            killed.runAndKill();
        }

        killed.verifyAll();
        System.out.println(killed.report());
    }

    @Test
    @DisplayName("MU-D2: a second process is refused and told who has the file; after a kill the file is free")
    void aSecondProcessIsRefused() throws Exception {
        String file = directory.resolve("transactions.db").toString();
        try (ChildJvm child = ChildJvm.start(AppendingProcess.class, file, "1")) {
            assertThat(child.awaitLine("CREATED")).isTrue();

            try (TransactionStorage second = AppendingProcess.storage(file)) {
                assertThatThrownBy(() -> second.open(new RecordingSink()))
                        .isInstanceOf(TransactionStorageException.class)
                        .hasMessageContaining(file)
                        .hasMessageContaining("another process (" + child.pid() + ")")
                        .hasMessageContaining("a file of its own");
                assertThat(second.health().durable()).isFalse();
                assertThat(second.health().problem()).contains("another process");
            }

            child.kill();
            try (TransactionStorage next = AppendingProcess.storage(file)) {
                assertThat(next.open(new RecordingSink()).lastSequence()).isPositive();
                TransactionStorage again = AppendingProcess.storage(file);
                assertThatThrownBy(() -> again.open(new RecordingSink()))
                        .hasMessageContaining("open in this process already");
                again.close();
                assertThat(next.health().problem()).isNull();
            }
        }
    }
}
