package io.statesync.autoconfigure;

import io.statesync.policy.Scheduler;
import io.statesync.spring.EventDriver;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.TopicBeans;
import io.statesync.spring.TopicSources;
import io.statesync.spring.event.ApplicationEventTransport;
import io.statesync.spring.stomp.StompExposure;
import io.statesync.spring.stomp.StompHandshakeCustomizer;
import io.statesync.spring.stomp.StompMessageRule;
import io.statesync.spring.stomp.StompServer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** Invalidations over STOMP and WebSocket: heard from sources with URLs, forwarded for exposed topics. */
@AutoConfiguration(after = StateSyncAutoConfiguration.class)
@ConditionalOnClass({SubProtocolWebSocketHandler.class, JsonMapper.class})
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncStompAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.websocket.WebSocketContainer")
    static class Client {

        @Bean
        EventDriver statesyncStompDriver(
                Scheduler scheduler,
                ListableBeanFactory beans,
                ObjectProvider<StompHandshakeCustomizer> handshakes,
                ObjectProvider<SslBundles> bundles) {
            return new NamedEventDriver(
                    "stomp", new StompClients(scheduler, new TopicBeans(beans), handshakes, bundles)::open);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServlet.class)
    @Conditional(OnExposedTopic.class)
    static class Server {

        private static final String SERVER = "statesyncStompServer";

        /* No candidate for whoever wants an InvalidationPublisher: what it forwards it hears by the exposure. */
        @Bean(name = SERVER, defaultCandidate = false)
        StompServer statesyncStompServer(
                ExposedTopics exposed,
                ObjectProvider<TopicAccess> access,
                ObjectProvider<StompMessageRule> rule,
                ReadSettings settings) {
            return new StompServer(
                    exposed,
                    access.getIfAvailable(() -> TopicAccess.EVERYBODY),
                    rule.getIfAvailable(() -> StompMessageRule.NONE),
                    ServerReader.stomp(settings.properties().server()));
        }

        @Bean
        HandlerMapping statesyncStompHandlerMapping(@Qualifier(SERVER) StompServer server) {
            return server.handlerMapping();
        }

        @Bean
        StompExposure statesyncStompExposure(
                ApplicationEventTransport channel, TopicSources sources, @Qualifier(SERVER) StompServer server) {
            return new StompExposure(channel, sources.exposedNames(), server);
        }
    }
}
