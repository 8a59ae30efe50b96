package io.statesync.test;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a thread has allocated since it began, asked through JMX so that any JVM can load this class. */
final class AllocatedBytes {

    private AllocatedBytes() {}

    static long ofThisThread() {
        try {
            Object bytes = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                            "getThreadAllocatedBytes",
                            new Object[] {Thread.currentThread().getId()},
                            new String[] {"long"});
            return (Long) bytes;
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not tell what a thread has allocated", e);
        }
    }
}
