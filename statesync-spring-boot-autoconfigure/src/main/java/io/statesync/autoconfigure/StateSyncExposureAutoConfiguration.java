package io.statesync.autoconfigure;

import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SetupException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Refuses topics that are to be exposed where nothing can serve them. */
@AutoConfiguration(after = {StateSyncHttpAutoConfiguration.class, StateSyncStompAutoConfiguration.class})
@Conditional(OnExposedTopic.class)
@ConditionalOnBean(ExposedTopics.class)
@ConditionalOnMissingBean(type = "io.statesync.spring.http.StateSyncHandlerMapping")
public final class StateSyncExposureAutoConfiguration {

    @Bean
    static BeanFactoryPostProcessor statesyncExposureCheck() {
        return beans -> {
            throw new SetupException(
                    "A topic has statesync.topics.<name>.expose=true, but this application has no servlet web server"
                            + " that could serve it.",
                    "Add spring-boot-starter-websocket and spring-boot-starter-jackson (statesync-spring-boot-starter has"
                            + " both), or remove \"expose\".");
        };
    }
}
