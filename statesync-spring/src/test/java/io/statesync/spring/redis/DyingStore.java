package io.statesync.spring.redis;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A process that changes a topic, and dies before anything else happens. */
final class DyingStore {

    static final String DATA = "written by the dead";

    /** How it ends. */
    static final int DIED = 9;

    private DyingStore() {}

    public static void main(String[] arguments) {
        LettuceConnectionFactory factory = RedisServer.patientFactory(Integer.parseInt(arguments[0]));
        // no shutdown hook, no finally: what kill -9 leaves of a process
        TestStore.on(factory, event -> Runtime.getRuntime().halt(DIED)).put("prices", DATA);
    }
}
