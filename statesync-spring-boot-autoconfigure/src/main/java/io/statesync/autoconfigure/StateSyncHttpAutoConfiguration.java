package io.statesync.autoconfigure;

import io.statesync.policy.Scheduler;
import io.statesync.spring.ExposedTopics;
import io.statesync.spring.SnapshotDriver;
import io.statesync.spring.SnapshotSizes;
import io.statesync.spring.TopicAccess;
import io.statesync.spring.http.RevisionsRequestHandler;
import io.statesync.spring.http.SnapshotRequestHandler;
import io.statesync.spring.http.StateSyncHandlerMapping;
import io.statesync.spring.json.SnapshotCodec;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots and revisions over HTTP: read from sources with URLs, served for exposed topics. */
@AutoConfiguration(
        after = StateSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
            "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration"
        })
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBean(ExposedTopics.class)
public final class StateSyncHttpAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SnapshotCodec statesyncSnapshotCodec(ObjectProvider<JsonMapper> mapper) {
        return new SnapshotCodec(mapper.getIfAvailable(JsonMapper::shared));
    }

    private static SnapshotSizes toAll(ObjectProvider<SnapshotSizes> sizes) {
        return new SizesToAll(sizes.orderedStream().toList());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClient.class, ClientHttpRequestFactoryBuilder.class})
    static class Client {

        @Bean
        SnapshotDriver statesyncHttpDriver(
                SnapshotCodec codec,
                ObjectProvider<RestClient.Builder> clients,
                ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
                ObjectProvider<HttpClientSettings> settings,
                ObjectProvider<SslBundles> bundles,
                ObjectProvider<SnapshotSizes> sizes) {
            HttpClients http = new HttpClients(clients, factories, settings, bundles);
            return new HttpSnapshotDriver(codec, http, toAll(sizes));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServlet.class)
    @Conditional(OnExposedTopic.class)
    static class Server {

        @Bean
        SnapshotRequestHandler statesyncSnapshots(
                ExposedTopics topics,
                ObjectProvider<TopicAccess> access,
                SnapshotCodec codec,
                ReadSettings settings,
                Scheduler scheduler,
                ObjectProvider<SnapshotSizes> sizes) {
            return new SnapshotRequestHandler(
                    topics,
                    access.getIfAvailable(() -> TopicAccess.EVERYBODY),
                    codec,
                    ServerReader.limits(settings.properties().server()),
                    scheduler,
                    toAll(sizes));
        }

        @Bean
        RevisionsRequestHandler statesyncRevisions(
                ExposedTopics topics, ObjectProvider<TopicAccess> access, Scheduler scheduler) {
            return new RevisionsRequestHandler(topics, access.getIfAvailable(() -> TopicAccess.EVERYBODY), scheduler);
        }

        @Bean
        StateSyncHandlerMapping statesyncHandlerMapping(
                ReadSettings settings, SnapshotRequestHandler snapshots, RevisionsRequestHandler revisions) {
            String path = Paths.requireValid(
                    "statesync.server.path", settings.properties().server().path());
            StateSyncHandlerMapping mapping = new StateSyncHandlerMapping(path, snapshots, revisions);
            Origins.allow(settings.properties().server().allowedOrigins(), mapping);
            return mapping;
        }
    }
}
