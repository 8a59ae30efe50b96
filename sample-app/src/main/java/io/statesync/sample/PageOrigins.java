package io.statesync.sample;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets the source's page show replicas, which are on other ports. */
@Configuration(proxyBeanMethods = false)
@Profile("replica")
class PageOrigins implements WebMvcConfigurer {

    private final SampleProperties properties;

    PageOrigins(SampleProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/api/**")
                .allowedOriginPatterns(properties.pageOrigins().toArray(String[]::new))
                .allowedMethods("GET", "PUT", "POST", "DELETE");
    }
}
