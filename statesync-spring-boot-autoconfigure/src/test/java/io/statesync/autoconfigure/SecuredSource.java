package io.statesync.autoconfigure;

import static org.springframework.security.config.Customizer.withDefaults;

import io.statesync.spring.TopicSource;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A source on a real server behind Spring Security, as an application would write it: alice may read prices and stock, bob
 * stock only. CSRF protection is on, as it is by default.
 */
final class SecuredSource implements AutoCloseable {

    static final String ALICE = basic("alice");
    static final String BOB = basic("bob");
    static final String NOBODY = "";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI url;

    private SecuredSource(ConfigurableApplicationContext context, String below) {
        this.context = context;
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        this.url = URI.create("http://localhost:" + port + below);
    }

    static SecuredSource start(Class<?>... more) {
        return start(List.of(), "", more);
    }

    /** @param below what stands before the path of StateSync */
    static SecuredSource start(List<String> arguments, String below, Class<?>... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(
                "--spring.autoconfigure.exclude=",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--statesync.topics.prices.expose=true",
                "--statesync.topics.stock.expose=true"));
        List<Class<?>> sources = new ArrayList<>(List.of(Application.class));
        sources.addAll(Arrays.asList(more));
        return new SecuredSource(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).run(all.toArray(String[]::new)), below);
    }

    private static String basic(String name) {
        return "Basic " + HttpHeaders.encodeBasicAuth(name, "secret", StandardCharsets.UTF_8);
    }

    URI url() {
        return url;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String user, String path) throws Exception {
        return send(user, HttpRequest.newBuilder(URI.create(url + path)));
    }

    HttpResponse<String> send(String user, HttpRequest.Builder request) throws Exception {
        if (!user.isEmpty()) {
            request.header(HttpHeaders.AUTHORIZATION, user);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Opens a web socket and no more. */
    CompletableFuture<WebSocket> handshake(String user, String... headers) {
        WebSocket.Builder request = client.newWebSocketBuilder();
        if (!user.isEmpty()) {
            request.header(HttpHeaders.AUTHORIZATION, user);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        URI address = URI.create("ws://localhost:" + url.getPort() + "/statesync/ws");
        return request.buildAsync(address, new WebSocket.Listener() {});
    }

    /** The status of a handshake that is refused. */
    int refusalOfHandshake(String user, String... headers) {
        return handshake(user, headers)
                .handle((socket, error) -> {
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    return cause instanceof WebSocketHandshakeException refused
                            ? refused.getResponse().statusCode()
                            : -1;
                })
                .join();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        private final AtomicInteger changes = new AtomicInteger();

        @TopicSource("prices")
        int prices() {
            return changes.get();
        }

        @TopicSource("stock")
        int stock() {
            return changes.incrementAndGet();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/statesync/snapshots/prices")
                            .hasRole("PRICES")
                            .requestMatchers("/statesync/snapshots/stock")
                            .hasRole("STOCK")
                            .dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .cors(withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice")
                            .password("{noop}secret")
                            .roles("PRICES", "STOCK")
                            .build(),
                    User.withUsername("bob")
                            .password("{noop}secret")
                            .roles("STOCK")
                            .build());
        }
    }
}
