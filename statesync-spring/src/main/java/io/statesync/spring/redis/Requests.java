package io.statesync.spring.redis;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * What is asked of the server, each time over a connection of the factory that no transaction of the application holds: in
 * its MULTI an answer would come too late. Safe for use by any thread.
 */
record Requests(RedisConnectionFactory connections) {

    /** Asks; what goes wrong is told with the task and the server's own words. */
    <T extends @Nullable Object> T ask(String task, Function<RedisConnection, T> question) {
        try (RedisConnection connection = connections.getConnection()) {
            return question.apply(connection);
        } catch (DataAccessException e) {
            throw told(task, e);
        }
    }

    /** Runs a script on one key. The server may have forgotten it, by a restart for instance: then it is sent again. */
    <T> @Nullable T run(String task, RedisScript script, ReturnType type, byte[]... keyAndArguments) {
        return ask(task, connection -> {
            try {
                return connection.scriptingCommands().<T>evalSha(script.sha1(), type, 1, keyAndArguments);
            } catch (DataAccessException e) {
                if (!reason(e).startsWith("NOSCRIPT")) {
                    throw e;
                }
                return connection.scriptingCommands().<T>eval(script.text(), type, 1, keyAndArguments);
            }
        });
    }

    private static DataAccessException told(String task, DataAccessException e) {
        String message = task + "; " + reason(e);
        if (e instanceof RedisConnectionFailureException) {
            return new RedisConnectionFailureException(message, e);
        }
        return e instanceof QueryTimeoutException
                ? new QueryTimeoutException(message, e)
                : new RedisSystemException(message, e);
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }
}
