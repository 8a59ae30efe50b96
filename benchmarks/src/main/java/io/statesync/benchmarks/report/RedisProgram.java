package io.statesync.benchmarks.report;

import java.io.IOException;
import redis.embedded.core.ExecutableProvider;

/** Prints the path of the Redis that comes with the build, for a machine without one. */
public final class RedisProgram {

    private RedisProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(ExecutableProvider.newJarResourceProvider().get().getPath());
    }
}
