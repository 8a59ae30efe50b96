package io.statesync.autoconfigure;

import io.statesync.spring.EventDriver;
import io.statesync.spring.event.ApplicationEventTransport;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Invalidations inside this application. */
@Configuration(proxyBeanMethods = false)
class ApplicationEventsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ApplicationEventTransport statesyncApplicationEvents(ConfigurableApplicationContext context) {
        return new ApplicationEventTransport(context);
    }

    @Bean
    EventDriver statesyncApplicationEventsDriver(ApplicationEventTransport transport) {
        return new NamedEventDriver("application-events", (source, log) -> transport);
    }
}
