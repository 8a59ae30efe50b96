package io.statesync.autoconfigure;

import static io.statesync.autoconfigure.SecuredSource.ALICE;
import static io.statesync.autoconfigure.SecuredSource.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Where the module for web pages is served, and to whom. */
class BrowserModuleIT {

    private static final String MODULE = "/statesync/statesync.js";

    @Test
    void theRulesOfTheApplicationHoldForItAsForTheOtherEndpoints() throws Exception {
        try (SecuredSource source = SecuredSource.start()) {
            assertThat(source.get(NOBODY, MODULE).statusCode()).isEqualTo(401);

            HttpResponse<String> answer = source.get(ALICE, MODULE);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue(HttpHeaders.CONTENT_TYPE)).hasValue("text/javascript;charset=UTF-8");
            assertThat(answer.body()).contains("export function connect");
        }
    }

    @Test
    void aRuleOfItsOwnMayLetEverybodyHaveIt() throws Exception {
        try (SecuredSource source = SecuredSource.start(ModuleForEverybody.class)) {
            assertThat(source.get(NOBODY, MODULE).statusCode()).isEqualTo(200);
            assertThat(source.get(NOBODY, "/statesync/snapshots/stock").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void itStandsBesideTheOtherEndpointsWhereverTheyAre() throws Exception {
        try (SecuredSource source = SecuredSource.start(List.of("--statesync.server.path=/live/state"), "")) {
            assertThat(source.get(ALICE, "/live/state/statesync.js").statusCode())
                    .isEqualTo(200);
            assertThat(source.get(ALICE, MODULE).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void anAllowedOriginMayLoadIt() throws Exception {
        String friend = "https://friend.example";
        try (SecuredSource source = SecuredSource.start(List.of("--statesync.server.allowed-origins=" + friend), "")) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(source.url().resolve(MODULE)).header(HttpHeaders.ORIGIN, friend);

            assertThat(source.send(ALICE, request).headers().firstValue(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                    .hasValue(friend);
        }
    }

    @Test
    void withoutAnExposedTopicThereIsNone() throws Exception {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(NothingExposed.class, "--server.port=0", "--server.address=127.0.0.1")) {
            int port = ((WebServerApplicationContext) context).getWebServer().getPort();

            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + MODULE))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ModuleForEverybody {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SecurityFilterChain module(HttpSecurity http) throws Exception {
            return http.securityMatcher(MODULE)
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NothingExposed {}
}
