package io.statesync.spring.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statesync.InvalidationEvent;
import io.statesync.Revision;
import io.statesync.Subscription;
import io.statesync.test.RecordingHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * An application with a message broker of its own beside StateSync's: neither is in the other's way. That broker is also a
 * foreign server for the client: one without receipts, and whose ERROR does not say whom it means.
 */
class ForeignBrokerIT {

    private static ServletWebServerApplicationContext context;
    private static SimpMessagingTemplate template;

    @BeforeAll
    static void open() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run("--server.address=127.0.0.1", "--server.port=0", "--server.shutdown=immediate");
        template = context.getBean(SimpMessagingTemplate.class);
    }

    @AfterAll
    static void close() {
        context.close();
    }

    @Test
    void theApplicationsBrokerAndStateSyncsDoNotMix() throws Exception {
        RecordingHandler replica = new RecordingHandler();
        try (StompTransport transport =
                        StompTransport.to(List.of("http://127.0.0.1:" + port())).build();
                RawStomp page = new RawStomp(port(), "/application/ws").connect()) {
            transport
                    .subscribe("prices", replica)
                    .active()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            page.subscribe("1", "/topic/**");
            Awaitility.await("the application's own message arrives").until(() -> {
                template.convertAndSend("/topic/news", (Object) "hello");
                return page.has("MESSAGE");
            });

            page.send("SEND\ndestination:/topic/statesync.prices\n\n{\"topic\":\"prices\",\"revision\":\"99\"}");
            context.getBean(StompServer.class).publish(InvalidationEvent.of("prices", new Revision(1)));

            Awaitility.await("the replica hears its source")
                    .until(() -> !replica.received().isEmpty());
            assertThat(replica.revisions()).containsExactly("1");
            assertThat(page.has("ERROR")).isFalse();
        }
    }

    @Test
    void aServerWithoutReceiptsIsMetWithATimeout() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (StompTransport transport =
                toForeign().receiptTimeout(Duration.ofMillis(300)).build()) {
            transport
                    .subscribe("prices", handler)
                    .active()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            template.convertAndSend(
                    "/topic/statesync.prices",
                    "{\"topic\":\"prices\",\"revision\":\"7\"}".getBytes(StandardCharsets.UTF_8));

            Awaitility.await("events flow").until(() -> handler.revisions().contains("7"));
        }
    }

    @Test
    @DisplayName("an ERROR that names no subscription is narrowed down until the refused topic is known")
    void anErrorThatNamesNobodyIsNarrowedDown() throws Exception {
        try (StompTransport transport =
                toForeign().receiptTimeout(Duration.ofMillis(300)).build()) {
            List<Subscription> good = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                good.add(transport.subscribe("good-" + i, new RecordingHandler()));
            }
            Subscription bad = transport.subscribe("forbidden", new RecordingHandler());
            good.add(transport.subscribe("good-5", new RecordingHandler()));

            assertThatThrownBy(() -> bad.active().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StompRefusalException.class)
                    .hasMessageContaining("\"forbidden\"");
            for (Subscription subscription : good) {
                subscription.active().toCompletableFuture().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static StompTransportBuilder toForeign() {
        return StompTransport.to(List.of("ws://127.0.0.1:" + port() + "/application/ws"));
    }

    private static int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebSocketMessageBroker
    static class Application implements WebSocketMessageBrokerConfigurer {

        @Bean
        StompServer stompServer() {
            return new StompServer(StompTestServer.exposed(), StompServerSettings.of("/statesync", List.of()));
        }

        @Bean
        HandlerMapping stompMapping(StompServer server) {
            return server.handlerMapping();
        }

        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/application/ws");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
        }

        @Override
        public void configureClientInboundChannel(ChannelRegistration registration) {
            registration.interceptors(new Forbidding());
        }
    }

    private static final class Forbidding implements ChannelInterceptor {

        @Override
        public Message<?> preSend(Message<?> message, MessageChannel channel) {
            boolean subscribe =
                    SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) == SimpMessageType.SUBSCRIBE;
            String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
            if (subscribe && destination != null && destination.endsWith("forbidden")) {
                throw new MessageDeliveryException(message, "access denied");
            }
            return message;
        }
    }
}
