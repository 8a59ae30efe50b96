package io.statesync.test.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that goes wrong as told. Safe for use by any thread. */
final class Faults {

    /** How many of the next commits throw, after they have been made. */
    final AtomicInteger commitsThatThrowAfterwards = new AtomicInteger();

    /** How many of the next commits throw and are not made. */
    final AtomicInteger commitsThatThrowBefore = new AtomicInteger();

    /** How many of the next commits fail an assertion of the driver. */
    final AtomicInteger commitsThatFailAnAssertion = new AtomicInteger();

    /** How many connections were made. */
    final AtomicInteger connections = new AtomicInteger();

    /** Whether commits are refused, and connections too. */
    volatile boolean away;

    private final DataSource target;

    Faults(DataSource target) {
        this.target = target;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, target, (method, call) -> {
            if (!method.equals("getConnection")) {
                return call.make();
            }
            if (away) {
                throw new SQLException("the database is away");
            }
            connections.incrementAndGet();
            return connection((Connection) call.make());
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, real, (method, call) -> {
            if (!method.equals("commit")) {
                return call.make();
            }
            if (away || commitsThatThrowBefore.getAndUpdate(Faults::oneLess) > 0) {
                throw new SQLException("the connection broke before the commit");
            }
            if (commitsThatFailAnAssertion.getAndUpdate(Faults::oneLess) > 0) {
                throw new AssertionError("getAutoCommit() should not throw");
            }
            Object result = call.make();
            if (commitsThatThrowAfterwards.getAndUpdate(Faults::oneLess) > 0) {
                throw new SQLException("the connection broke after the commit");
            }
            return result;
        });
    }

    private static int oneLess(int count) {
        return Math.max(0, count - 1);
    }

    private static <T> T proxy(Class<T> type, T target, Interceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        interceptor.intercept(method.getName(), () -> invoke(target, method, arguments))));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Interceptor {
        Object intercept(String method, Call call) throws Throwable;
    }

    private interface Call {
        Object make() throws Throwable;
    }
}
