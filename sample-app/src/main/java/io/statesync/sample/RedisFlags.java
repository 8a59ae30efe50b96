package io.statesync.sample;

import io.statesync.Revision;
import io.statesync.source.StatePublisher;
import io.statesync.spring.TopicSource;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.BoundHashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;

/**
 * The truth in a Redis that all instances share: a hash, of which each change writes one field, so that two instances never
 * undo each other's.
 */
@Service
@Profile("redis & !replica")
class RedisFlags implements FeatureFlags {

    private final BoundHashOperations<String, String, String> hash;
    private final StatePublisher publisher;

    RedisFlags(StringRedisTemplate redis, StatePublisher publisher) {
        this.hash = redis.boundHashOps("sample:" + Topics.FEATURE_FLAGS);
        this.publisher = publisher;
    }

    @TopicSource(Topics.FEATURE_FLAGS)
    Map<String, Flag> all() {
        Map<String, Flag> flags = new TreeMap<>();
        hash.entries().forEach((name, enabled) -> flags.put(name, new Flag(Boolean.parseBoolean(enabled))));
        return flags;
    }

    @Override
    public Revision put(FlagName name, Flag flag) {
        hash.put(name.value(), Boolean.toString(flag.enabled()));
        // data first, then the revision (P6); a process that dies in between has changed the data and said nothing
        return publisher.invalidate(Topics.FEATURE_FLAGS).join();
    }

    @Override
    public Revision delete(FlagName name) {
        if (hash.delete(name.value()) == 0) {
            throw new UnknownFlagException(name);
        }
        return publisher.invalidate(Topics.FEATURE_FLAGS).join();
    }
}
