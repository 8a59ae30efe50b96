package io.statesync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.Revision;
import io.statesync.spring.redis.RedisServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The profile {@code redis}. */
class RedisProfileIT extends SharedTruthContract {

    private RedisServer redis;

    RedisProfileIT() {
        super("redis");
    }

    @Override
    void startServer() throws IOException {
        redis = new RedisServer();
    }

    @Override
    void stopServer() {
        redis.close();
    }

    @Override
    String server() {
        return "--spring.data.redis.port=" + redis.port();
    }

    @Test
    void whileRedisIsAwayCopiesAreReadAndWhenItIsBackEditsArrive() throws IOException {
        Revision before = one.put("outlived", true);
        eventually().until(() -> other.flags().revision().equals(before));

        redis.kill();
        eventually()
                .until(() -> other.flags().text("/state").equals("STALE")
                        && replica.flags().text("/state").equals("STALE"));
        assertThat(other.flags().revision()).isEqualTo(before);
        assertThat(other.flags().body().at("/data/outlived/enabled").booleanValue())
                .isTrue();
        assertThat(one.send("PUT", "/api/feature-flags/outlived", "{\"enabled\":false}")
                        .status())
                .isEqualTo(503);

        redis.start();
        eventually().until(() -> one.isLive() && other.isLive() && replica.isLive());
        Revision after = one.put("outlived", false);
        eventually()
                .until(() -> other.flags().revision().equals(after)
                        && replica.flags().revision().equals(after));
    }

    @Test
    void withoutRedisAnInstanceSaysWhatIsMissing() {
        assertThatThrownBy(() -> new Instance("redis", "--spring.data.redis.port=1"))
                .hasMessageContaining("have no revisions, since the counter does not answer");
    }
}
