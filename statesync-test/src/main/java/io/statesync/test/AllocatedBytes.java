package io.statesync.test;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;

/** What a thread has allocated since it began: known to HotSpot's bean alone, which not every JVM has. */
final class AllocatedBytes {

    private AllocatedBytes() {}

    static long ofThisThread() {
        try {
            Method bytes =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
            return (Long) bytes.invoke(
                    ManagementFactory.getThreadMXBean(), Thread.currentThread().getId());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not tell what a thread has allocated", e);
        }
    }
}
