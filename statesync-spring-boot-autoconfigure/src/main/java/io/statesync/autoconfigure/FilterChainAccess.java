package io.statesync.autoconfigure;

import io.statesync.Topic;
import io.statesync.spring.TopicAccess;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Whoever may {@code GET} the snapshot of a topic, by the application's filter chain, may read it in every other way, too:
 * one rule. It is asked without a request, so it may look at user, method and path, not at addresses or headers.
 */
final class FilterChainAccess implements TopicAccess {

    private static final Logger log = LoggerFactory.getLogger(FilterChainAccess.class);

    private final Supplier<WebInvocationPrivilegeEvaluator> chain;
    private final String contextPath;
    private final String snapshots;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param chain asked late: it needs the whole chain, which may need handler mappings
     * @param contextPath of the servlet context
     * @param snapshots the path below it that the names of topics follow
     */
    FilterChainAccess(Supplier<WebInvocationPrivilegeEvaluator> chain, String contextPath, String snapshots) {
        this.chain = chain;
        this.contextPath = contextPath;
        this.snapshots = snapshots;
    }

    @Override
    public boolean mayRead(@Nullable Principal user, String topic) {
        String path = snapshots + Topic.encode(topic);
        if (isBeingRead(path)) {
            // the chain has let this very request pass, perhaps by a rule that only a request can answer
            return true;
        }
        try {
            return chain.get().isAllowed(contextPath, path, "GET", Users.of(user));
        } catch (RuntimeException e) {
            if (warned.compareAndSet(false, true)) {
                log.warn(
                        "Nobody may subscribe to topic {}, or ask for its revision: the rule of the filter chain for GET"
                                + " {} cannot be asked without a request. Let it look at user and path only, or declare a"
                                + " TopicAccess bean",
                        topic,
                        path,
                        e);
            }
            return false;
        }
    }

    /* By the request's own context path: behind a proxy it may be another than the servlet's. */
    private static boolean isBeingRead(String path) {
        // not a HEAD: it tells the revision, too, and a rule for GET has not seen it
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getRequest().getMethod().equals("GET")
                && current.getRequest()
                        .getRequestURI()
                        .equals(current.getRequest().getContextPath() + path);
    }
}
