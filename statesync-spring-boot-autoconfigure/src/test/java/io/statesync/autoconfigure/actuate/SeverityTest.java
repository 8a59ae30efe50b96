package io.statesync.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.statesync.Revision;
import io.statesync.SyncState;
import io.statesync.SyncStatus;
import io.statesync.spring.Startup;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/operations.md, line by line. */
class SeverityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    LIVE     | true  | PT1S | PT5M | false | REQUIRED   | UP
                    STALE    | true  | PT1H |      | false | REQUIRED   | UP
                    STALE    | true  | PT5M | PT5M | false | REQUIRED   | UP
                    STALE    | true  | PT6M | PT5M | false | REQUIRED   | OUT_OF_SERVICE
                    STALE    | true  | PT6M | PT5M | false | BACKGROUND | OUT_OF_SERVICE
                    FAILED   | true  | PT6M | PT5M | false | REQUIRED   | OUT_OF_SERVICE
                    STOPPED  | true  | PT6M | PT5M | false | REQUIRED   | OUT_OF_SERVICE
                    STOPPED  | true  | PT6M |      | false | REQUIRED   | UP
                    STARTING | false |      |      | false | REQUIRED   | OUT_OF_SERVICE
                    FAILED   | false |      | PT5M | false | REQUIRED   | OUT_OF_SERVICE
                    STARTING | false |      |      | false | BACKGROUND | UNKNOWN
                    FAILED   | false |      | PT5M | false | BACKGROUND | UNKNOWN
                    STOPPED  | true  | PT1H | PT5M | true  | REQUIRED   | UNKNOWN
                    STOPPED  | false |      |      | true  | REQUIRED   | UNKNOWN
                    """)
    void theStatusFollowsFromWhatReadersMeet(
            SyncState state,
            boolean hasData,
            @Nullable Duration age,
            @Nullable Duration maxStaleness,
            boolean paused,
            Startup startup,
            String status) {
        SyncStatus now = new SyncStatus(
                "prices", state, Revision.ZERO, Revision.ZERO, hasData, false, age, 0, 0, null, null, null);

        assertThat(Severity.of(now, paused, startup, maxStaleness).getCode()).isEqualTo(status);
    }
}
