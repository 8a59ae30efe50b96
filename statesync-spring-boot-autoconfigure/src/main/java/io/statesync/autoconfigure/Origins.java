package io.statesync.autoconfigure;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Lets web pages of other origins read what a mapping serves. */
final class Origins {

    private Origins() {}

    /** With no origin named nothing is added, and browsers keep other pages out. */
    static void allow(List<String> origins, AbstractHandlerMapping mapping) {
        if (origins.isEmpty()) {
            return;
        }
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name()));
        cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        cors.setExposedHeaders(List.of(HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER));
        mapping.setCorsConfigurations(Map.of("/**", cors));
    }
}
