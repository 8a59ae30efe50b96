package io.statesync.spring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A real cluster of three masters, which share the slots. */
public final class RedisCluster implements AutoCloseable {

    private static final int[][] SLOTS = {{0, 5460}, {5461, 10922}, {10923, 16383}};

    private final List<RedisServer> nodes = new ArrayList<>();

    public RedisCluster() throws IOException {
        for (int[] slots : SLOTS) {
            RedisServer node = new RedisServer("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
            nodes.add(node);
            String all = IntStream.rangeClosed(slots[0], slots[1])
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            assertThat(node.answer("CLUSTER ADDSLOTS " + all)).isEqualTo("+OK");
            node.answer("CLUSTER SET-CONFIG-EPOCH " + nodes.size());
            node.answer("CLUSTER MEET 127.0.0.1 " + nodes.get(0).port());
        }
        awaitComplete();
    }

    public List<RedisServer> nodes() {
        return nodes;
    }

    /** Host and port of each. */
    public List<String> addresses() {
        return nodes.stream().map(it -> "127.0.0.1:" + it.port()).toList();
    }

    /** Returns when all nodes know each other and serve all slots. */
    public void awaitComplete() {
        Awaitility.await("the nodes know each other")
                .atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream().allMatch(RedisCluster::isComplete));
    }

    private static boolean isComplete(RedisServer node) {
        try {
            List<String> info = node.answers("CLUSTER INFO", 8);
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
