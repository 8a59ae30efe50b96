package io.statesync.autoconfigure;

import io.statesync.source.StatePublisher;
import io.statesync.spring.AfterCommitPublisher;
import io.statesync.spring.Announcer;
import io.statesync.spring.ChangeObserver;
import io.statesync.spring.TopicSources;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What the application announces by, with and without transactions on the class path. */
final class PublisherConfiguration {

    private PublisherConfiguration() {}

    private static StatePublisher atOnce(TopicSources sources, Announcer announcer) {
        return StatePublisher.of(sources.revisions(), announcer::announce, announcer.sourceId());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    static class Transactional {

        @Bean
        @ConditionalOnMissingBean
        StatePublisher statesyncPublisher(
                TopicSources sources, Announcer announcer, ObjectProvider<ChangeObserver> observer) {
            return new AfterCommitPublisher(
                    atOnce(sources, announcer),
                    sources.revisions(),
                    announcer,
                    observer.getIfAvailable(() -> ChangeObserver.NONE));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.transaction.support.TransactionSynchronizationManager")
    static class Plain {

        @Bean
        @ConditionalOnMissingBean
        StatePublisher statesyncPublisher(TopicSources sources, Announcer announcer) {
            return atOnce(sources, announcer);
        }
    }
}
