package io.statesync.autoconfigure;

import io.statesync.spring.SetupException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/** Lets web pages of other origins read what a mapping serves. */
final class Origins {

    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#*@\\s]+");

    private Origins() {}

    /** Refuses what no browser would send as the origin of a page. */
    static void requireValid(String property, List<String> origins) {
        for (String origin : origins) {
            if (!origin.equals(CorsConfiguration.ALL) && !ORIGIN.matcher(origin).matches()) {
                throw new SetupException(
                        property + " holds \"" + origin + "\", which is no origin of a web page.",
                        "Write scheme, host and port without a path, such as \"https://shop.example:8443\", or \"*\" for all.");
            }
        }
    }

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
