package io.statesync.spring;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Says who may read an exposed topic. It is asked for each snapshot, for each topic of a question for revisions, and when a
 * client subscribes; a subscription then lives until its connection ends. Where it throws, nothing is shown: that counts as
 * no, and a WARN says so once.
 *
 * <p>With Spring Security the starter has one that follows the application's filter chain; a bean of this type takes its
 * place.
 */
@FunctionalInterface
public interface TopicAccess {

    /** Whoever the application lets in may read whatever is exposed. */
    TopicAccess EVERYBODY = (user, topic) -> true;

    /**
     * Called on request and message threads; must be quick.
     *
     * @param user as the request, or the handshake of the web socket, was authenticated; null if nobody is logged in
     * @param topic a valid name, not necessarily of a topic that exists: whoever may not read it must not learn whether it does
     */
    boolean mayRead(@Nullable Principal user, String topic);
}
