package io.statesync.spring.redis;

import io.statesync.InvalidationEvent;
import io.statesync.InvalidationPublisher;
import io.statesync.spring.json.InvalidationCodec;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Announces by {@code PUBLISH}. While the server is away a call waits for as long as the factory's commands may take. Safe
 * for use by any thread.
 */
public final class RedisPublisher implements InvalidationPublisher {

    private final Requests requests;
    private final RedisChannel channel;
    private final InvalidationCodec codec = new InvalidationCodec();

    public RedisPublisher(RedisConnectionFactory connections, RedisChannel channel) {
        this.requests = new Requests(connections);
        this.channel = channel;
    }

    /** @throws IllegalStateException if the server does not take it */
    @Override
    public void publish(InvalidationEvent event) {
        String task = "announce revision " + event.revision() + " of topic \"" + event.topic() + "\"";
        try {
            requests.ask(task, connection -> connection.publish(channel.bytes(), codec.encode(event)));
        } catch (DataAccessException e) {
            throw new IllegalStateException("the invalidation of topic \"" + event.topic() + "\" was not announced", e);
        }
    }
}
