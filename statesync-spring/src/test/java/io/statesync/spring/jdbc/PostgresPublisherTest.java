package io.statesync.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** PostgreSQL takes payloads of less than 8,000 bytes. */
class PostgresPublisherTest {

    private static final String LONGEST_TOPIC = "\uD83D\uDE80".repeat(255);
    private static final String LONGEST_SOURCE = "\u0001".repeat(InvalidationEvent.MAX_SOURCE_ID_LENGTH);

    private final PostgresPublisher publisher =
            new PostgresPublisher(new SimpleDriverDataSource(), PostgresChannel.DEFAULT);

    @Test
    void theLongestTopicAndSourceFitWithATraceContext() {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        String payload = publisher.payload(event(traceparent));

        assertThat(payload).contains(traceparent);
        assertThat(bytes(payload)).isLessThanOrEqualTo(PostgresPublisher.LARGEST_PAYLOAD);
    }

    @Test
    void aTraceContextThatDoesNotFitIsLeftOut() {
        String payload = publisher.payload(event("x".repeat(10_000)));

        assertThat(payload).contains("\"revision\":\"18446744073709551615\"").doesNotContain("traceparent");
        assertThat(bytes(payload)).isLessThanOrEqualTo(PostgresPublisher.LARGEST_PAYLOAD);
    }

    @Test
    void aChannelsNameHasAtMost63Bytes() {
        assertThat(new PostgresChannel("shop\"1").quoted()).isEqualTo("\"shop\"\"1\"");
        assertThatThrownBy(() -> new PostgresChannel("ü".repeat(32))).hasMessageContaining("1 to 63 bytes");
        assertThatThrownBy(() -> new PostgresChannel(" ")).hasMessageContaining("1 to 63 bytes");
    }

    @Test
    void aPrefixIsAPrefixOfNamesAndNothingElse() {
        assertThat(new JdbcTables("shop.statesync_").revision()).isEqualTo("shop.statesync_revision");
        assertThatThrownBy(() -> new JdbcTables("a b")).hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> new JdbcTables("x; DROP TABLE y; --")).isInstanceOf(IllegalArgumentException.class);
    }

    private static InvalidationEvent event(@Nullable String traceparent) {
        return new InvalidationEvent(LONGEST_TOPIC, Revision.MAX, LONGEST_SOURCE, Long.MAX_VALUE, traceparent);
    }

    private static int bytes(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length;
    }
}
