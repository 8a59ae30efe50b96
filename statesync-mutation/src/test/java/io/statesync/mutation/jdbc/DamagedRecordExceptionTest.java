package io.statesync.mutation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.statesync.mutation.store.TransactionState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DamagedRecordExceptionTest {

    @Test
    void whatADamagedRowHoldsIsShownInOneLine() {
        byte[] row = new FrameWriter(1)
                .text("id")
                .number(1L)
                .text("key")
                .text("todos")
                .text("save")
                .text("OR\n\u001b[2J\u009b")
                .moment(Instant.EPOCH)
                .seal();
        byte[] progress = new FrameWriter(1).seal();

        assertThatExceptionOfType(DamagedRecordException.class)
                .isThrownBy(() -> TransactionFormat.read(TransactionState.QUEUED.name(), row, progress))
                .satisfies(damaged -> assertThat(damaged.getMessage())
                        .contains("OR??[2J?")
                        .satisfies(text -> assertThat(text.chars()).noneMatch(Character::isISOControl)));
    }
}
