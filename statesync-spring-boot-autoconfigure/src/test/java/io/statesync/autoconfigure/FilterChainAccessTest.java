package io.statesync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** When the chain has answered already, and when it is asked: here it always says no. */
class FilterChainAccessTest {

    private final FilterChainAccess access = new FilterChainAccess(Refusing::new, "/app", "/statesync/snapshots/");

    @AfterEach
    void endOfRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /app, /app/statesync/snapshots/prices, true",
        // as a proxy calls it, by X-Forwarded-Prefix
        "GET, /shop, /shop/statesync/snapshots/prices, true",
        "HEAD, /app, /app/statesync/snapshots/prices, false",
        "GET, /app, /app/statesync/snapshots/stock, false",
        "GET, /app, /app/statesync/revisions, false",
        "GET, /app, /app/statesync/snapshots/%70rices, false",
        "GET, /app, /app/statesync/snapshots/prices;a=b, false"
    })
    void onlyTheGetOfThisSnapshotThatTheChainLetPassCountsAsAnswered(
            String method, String contextPath, String uri, boolean allowed) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, uri);
        request.setContextPath(contextPath);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));

        assertThat(access.mayRead(null, "prices")).isEqualTo(allowed);
    }

    private static final class Refusing implements WebInvocationPrivilegeEvaluator {

        @Override
        public boolean isAllowed(String uri, Authentication user) {
            return false;
        }

        @Override
        public boolean isAllowed(String contextPath, String uri, String method, Authentication user) {
            return false;
        }
    }
}
