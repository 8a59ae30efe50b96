package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Finds the server, when something is to be kept or heard there.
 *
 * @param factories the application's
 */
record RedisServers(ObjectProvider<RedisConnectionFactory> factories) {

    /** @throws SetupException if there is none, or it is not clear which one; the message names the property */
    RedisConnectionFactory require(String property) {
        RedisConnectionFactory found = factories.getIfUnique();
        if (found != null) {
            return found;
        }
        boolean several = factories.stream().findAny().isPresent();
        throw new SetupException(
                property + " needs Redis, but "
                        + (several
                                ? "there are several RedisConnectionFactory beans."
                                : "there is no RedisConnectionFactory bean."),
                several
                        ? "Mark one of them with @Primary."
                        : "Set spring.data.redis.* with Spring Boot's auto-configuration for Redis"
                                + " (spring-boot-starter-data-redis), or define a LettuceConnectionFactory bean.");
    }

    /** @throws SetupException besides if its client is another one than Lettuce */
    LettuceConnectionFactory requireLettuce(String property) {
        RedisConnectionFactory found = require(property);
        if (found instanceof LettuceConnectionFactory lettuce) {
            return lettuce;
        }
        throw new SetupException(
                property + " needs Lettuce, but the RedisConnectionFactory is a "
                        + found.getClass().getSimpleName() + ".",
                "Remove spring.data.redis.client-type, or define a LettuceConnectionFactory bean.");
    }
}
