package io.statesync.autoconfigure;

import io.statesync.spring.stomp.StompMessageRule;
import java.util.List;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * The application's message security, as {@code @EnableWebSocketSecurity} takes it, for the STOMP endpoint of StateSync.
 *
 * @param managers all have to agree; one that abstains does
 */
record MessageRules(List<AuthorizationManager<Message<?>>> managers) implements StompMessageRule {

    MessageRules {
        managers = List.copyOf(managers);
    }

    @Override
    public boolean permits(Message<?> message) {
        Authentication user = Users.of(SimpMessageHeaderAccessor.getUser(message.getHeaders()));
        for (AuthorizationManager<Message<?>> manager : managers) {
            AuthorizationResult result = manager.authorize(() -> user, message);
            if (result != null && !result.isGranted()) {
                return false;
            }
        }
        return true;
    }
}
