package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.SecuredSource.ALICE;
import static io.statesync.autoconfigure.SecuredSource.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statesync.spring.TopicAccess;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.socket.EnableWebSocketSecurity;
import org.springframework.security.messaging.access.intercept.MessageMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** What else may say who reads what: message security, a bean of the application; and a rule that needs a request. */
@ExtendWith(OutputCaptureExtension.class)
class AccessRulesIT {

    private static final String PRICES = "/statesync/snapshots/prices";

    @Test
    void messageSecurityRulesSubscriptionsToo() throws Exception {
        try (SecuredSource source = SecuredSource.start(StockIsClosed.class);
                Listening alice = new Listening(source, ALICE)) {
            alice.to("prices").join();

            assertThatThrownBy(() -> alice.to("stock").join())
                    .hasMessageContaining("this user may not read topic \"stock\"");
            // it is about messages: over HTTP the chain alone decides
            assertThat(source.get(ALICE, "/statesync/snapshots/stock").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void messageSecurityMayKeepAUserOutAltogether() {
        try (SecuredSource source = SecuredSource.start(NoBob.class);
                Listening alice = new Listening(source, ALICE);
                Listening bob = new Listening(source, BOB)) {
            alice.to("stock").join();
            bob.to("stock");

            await().until(() -> bob.trouble() != null);
            assertThat(bob.trouble()).hasMessageContaining("rules of this application do not let this user connect");
        }
    }

    @Test
    void aBeanOfTheApplicationTakesThePlaceOfTheRuleOfTheChain() throws Exception {
        try (SecuredSource source = SecuredSource.start(NothingForAlice.class);
                Listening alice = new Listening(source, ALICE)) {
            assertThat(source.get(ALICE, PRICES).statusCode()).isEqualTo(403);
            assertThat(source.get(ALICE, PRICES).body()).contains("this user may not read this topic");
            // as much as is said of one that exists
            assertThat(source.get(ALICE, "/statesync/snapshots/nothing").statusCode())
                    .isEqualTo(403);
            assertThat(source.get(ALICE, "/statesync/revisions?topic=prices").body())
                    .isEqualTo("{}");
            assertThatThrownBy(() -> alice.to("prices").join())
                    .hasMessageContaining("this user may not read topic \"prices\"");
        }
    }

    @Test
    void aRuleThatNamesTheMethodGetHoldsForHeadToo() throws Exception {
        try (SecuredSource source = SecuredSource.start(ByMethod.class)) {
            HttpRequest.Builder head =
                    HttpRequest.newBuilder(source.url().resolve(PRICES)).method("HEAD", BodyPublishers.noBody());
            assertThat(source.get(BOB, PRICES).statusCode()).isEqualTo(403);
            assertThat(source.send(ALICE, head.copy()).statusCode()).isEqualTo(200);

            HttpResponse<String> answer = source.send(BOB, head);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue(HttpHeaders.ETAG)).isEmpty();
        }
    }

    @Test
    void aRuleAboutMoreThanUserAndPathHoldsOverHttpAndRefusesSubscriptions(CapturedOutput output) throws Exception {
        try (SecuredSource source = SecuredSource.start(ByAddress.class);
                Listening alice = new Listening(source, ALICE)) {
            assertThat(source.get(ALICE, PRICES).statusCode()).isEqualTo(200);

            assertThatThrownBy(() -> alice.to("prices").join()).hasMessageContaining("may not read");

            assertThat(output.getAll()).contains("Nobody may subscribe to topic prices", "declare a TopicAccess bean");
        }
    }

    /* As an application with a broker of its own has it. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebSocketMessageBroker
    @EnableWebSocketSecurity
    static class StockIsClosed implements WebSocketMessageBrokerConfigurer {
        @Bean
        AuthorizationManager<Message<?>> messages(MessageMatcherDelegatingAuthorizationManager.Builder messages) {
            return messages.simpTypeMatchers(SimpMessageType.CONNECT)
                    .authenticated()
                    .simpSubscribeDestMatchers("/topic/statesync.prices")
                    .hasRole("PRICES")
                    .anyMessage()
                    .denyAll()
                    .build();
        }

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/chat");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoBob {
        @Bean
        AuthorizationManager<Message<?>> messages() {
            return (user, message) -> new AuthorizationDecision(
                    SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.CONNECT
                            || !user.get().getName().equals("bob"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NothingForAlice {
        @Bean
        TopicAccess access() {
            return (user, topic) -> user != null && !user.getName().equals("alice");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByMethod {
        @Bean
        @Order(0)
        SecurityFilterChain byMethod(HttpSecurity http) throws Exception {
            return http.securityMatcher(PRICES)
                    .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, PRICES)
                            .hasRole("PRICES")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByAddress {
        @Bean
        @Order(0)
        SecurityFilterChain byAddress(HttpSecurity http) throws Exception {
            return http.securityMatcher(PRICES)
                    .authorizeHttpRequests(requests -> requests.anyRequest()
                            .access((user, context) -> new AuthorizationDecision(
                                    context.getRequest().getRemoteAddr() != null)))
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }
    }
}
