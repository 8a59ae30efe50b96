package io.statesync.autoconfigure;

import io.statesync.spring.ExposedTopics;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.stomp.StompMessageRule;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/** With Spring Security the application's own rules hold for what StateSync serves. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
        before = {StateSyncHttpAutoConfiguration.class, StateSyncStompAutoConfiguration.class})
@ConditionalOnClass({WebInvocationPrivilegeEvaluator.class, DispatcherServletPath.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(ExposedTopics.class)
@Conditional(OnExposedTopic.class)
public final class StateSyncSecurityAutoConfiguration {

    @Bean
    @ConditionalOnBean(WebInvocationPrivilegeEvaluator.class)
    @ConditionalOnMissingBean
    TopicAccess statesyncFilterChainAccess(
            ObjectProvider<WebInvocationPrivilegeEvaluator> chain,
            ObjectProvider<DispatcherServletPath> servlet,
            ServletContext context,
            ReadSettings settings) {
        String below = settings.properties().server().path() + "/snapshots/";
        DispatcherServletPath dispatcher = servlet.getIfAvailable(() -> () -> "");
        return new FilterChainAccess(chain::getObject, context.getContextPath(), dispatcher.getPrefix() + below);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({SubProtocolWebSocketHandler.class, Message.class})
    static class Messages {

        @Bean
        @ConditionalOnMissingBean
        StompMessageRule statesyncMessageRules(ObjectProvider<AuthorizationManager<Message<?>>> managers) {
            return new MessageRules(managers.orderedStream().toList());
        }
    }
}
