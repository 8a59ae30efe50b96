package io.statesync.autoconfigure;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** Users as Spring Security knows them. */
final class Users {

    private static final Authentication NOBODY = new AnonymousAuthenticationToken(
            "statesync", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

    private Users() {}

    /** Whoever Spring Security has not authenticated is nobody, whatever the container says. */
    static Authentication of(@Nullable Principal user) {
        return user instanceof Authentication authenticated ? authenticated : NOBODY;
    }
}
