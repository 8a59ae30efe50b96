package io.statesync.test.store;

import static io.statesync.test.Transactions.at;
import static io.statesync.test.Transactions.attempt;
import static io.statesync.test.Transactions.id;
import static io.statesync.test.Transactions.inserted;
import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.mutation.store.Recovery;
import io.statesync.mutation.store.StoreEvent.AttemptStarted;
import io.statesync.mutation.store.StoreEvent.Created;
import io.statesync.mutation.store.StoredTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Records of a database that somebody has changed: each costs itself only. */
abstract class DamagedRecordContract extends DatabaseTestBed {

    @Test
    @DisplayName("MU-D10: a record that cannot be read is reported each time, stays where it is, and costs no other")
    void aRecordThatCannotBeReadCostsItselfOnly() throws Exception {
        reopen();
        LongStream.rangeClosed(1, 7).forEach(sequence -> storage().append(new Created(inserted(sequence))));
        append(new AttemptStarted(id(7), attempt(7, 1)));
        closeIt();
        change(2, "created", bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        change(3, "created", bytes -> flip(bytes, bytes.length / 2));
        change(4, "progress", bytes -> new byte[0]);
        change(5, "created", bytes -> flip(bytes, 0));
        execute("UPDATE statesync_transaction SET state = 'ELSEWHERE' WHERE store = ? AND seq = 6");

        for (int opening = 0; opening < 2; opening++) {
            Recovery recovery = reopen();

            assertThat(recovery).isEqualTo(new Recovery(7, 2, 5));
            assertThat(ids()).containsExactly(id(1), id(7));
            assertThat(sink().damaged()).containsOnlyKeys(id(2), id(3), id(4), id(5), id(6));
            assertThat(sink().damaged().get(id(3))).hasMessageContaining("checksum");
            assertThat(sink().damaged().get(id(6))).hasMessageContaining("ELSEWHERE");
            assertThat(history()).extracting(StoredTransaction::id).containsExactly(id(1), id(7));
        }

        execute("UPDATE statesync_transaction SET state = 'QUEUED' WHERE store = ? AND seq = 6");
        assertThat(reopen()).isEqualTo(new Recovery(7, 3, 4));
        assertThat(ids()).containsExactly(id(1), id(6), id(7));
    }

    @Test
    @DisplayName("MU-D10: a record under another's number is damaged; new transactions come after all of them")
    void aRecordUnderAnothersNumberIsDamaged() throws Exception {
        reopen();
        append(new Created(inserted(1)));
        closeIt();
        execute("UPDATE statesync_transaction SET seq = 12 WHERE store = ? AND seq = 1");

        Recovery recovery = reopen();

        assertThat(recovery).isEqualTo(new Recovery(12, 0, 1));
        append(new Created(inserted(13)));
        append(new AttemptStarted(id(13), attempt(13, 1)));
        assertThat(history()).extracting(StoredTransaction::updatedAt).containsExactly(at(13, 1));
    }

    private static byte[] flip(byte[] bytes, int index) {
        byte[] flipped = bytes.clone();
        flipped[index] ^= 64;
        return flipped;
    }

    private void change(long sequence, String column, Damage damage) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT " + column + " FROM statesync_transaction WHERE store = ? AND seq = " + sequence);
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE statesync_transaction SET " + column + " = ? WHERE store = ? AND seq = " + sequence)) {
            select.setString(1, store());
            byte[] bytes;
            try (ResultSet row = select.executeQuery()) {
                row.next();
                bytes = row.getBytes(1);
            }
            update.setBytes(1, damage.of(bytes));
            update.setString(2, store());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private interface Damage {
        byte[] of(byte[] bytes);
    }
}
