package io.statesync.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/** What a request's headers ask for (RFC 9110, 12.5 and 13.1.2). */
final class Negotiation {

    private Negotiation() {}

    /** Whether JSON will do: no {@code Accept} at all, or the most specific range that covers JSON is not refused. */
    static boolean acceptsJson(HttpServletRequest request) {
        List<String> accept = values(request, HttpHeaders.ACCEPT);
        if (accept.isEmpty()) {
            return true;
        }
        try {
            Optional<MediaType> nearest = MediaType.parseMediaTypes(accept).stream()
                    .filter(range -> range.includes(MediaType.APPLICATION_JSON))
                    .max(Comparator.comparing(MimeType::isWildcardType, Comparator.reverseOrder())
                            .thenComparing(MimeType::isWildcardSubtype, Comparator.reverseOrder())
                            .thenComparing(range -> range.getParameters().size()));
            return nearest.isPresent() && nearest.get().getQualityValue() > 0;
        } catch (InvalidMediaTypeException | IndexOutOfBoundsException e) {
            // Spring's parser falls over some, such as a parameter without a type
            return false;
        }
    }

    /** Whether gzip is acceptable, and not less welcome than the plain form. */
    static boolean acceptsGzip(HttpServletRequest request) {
        double gzip = -1;
        double plain = 0;
        double any = 0;
        for (String value : values(request, HttpHeaders.ACCEPT_ENCODING)) {
            for (String item : value.split(",", -1)) {
                int semicolon = item.indexOf(';');
                String coding = (semicolon < 0 ? item : item.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
                double quality = semicolon < 0 ? 1 : quality(item.substring(semicolon + 1));
                switch (coding) {
                    case "gzip", "x-gzip" -> gzip = quality;
                    case "identity" -> plain = quality;
                    case "*" -> any = quality;
                    default -> {
                        // a coding that is not on offer
                    }
                }
            }
        }
        double wanted = gzip < 0 ? any : gzip;
        return wanted > 0 && wanted >= plain;
    }

    private static double quality(String parameter) {
        String text = parameter.strip().toLowerCase(Locale.ROOT);
        if (!text.startsWith("q=")) {
            return 1;
        }
        try {
            return Double.parseDouble(text.substring(2).strip());
        } catch (NumberFormatException e) {
            // not understood, so not asked for
            return 0;
        }
    }

    /** Whether {@code If-None-Match} names this tag (weakly compared, as the RFC asks) or everything. */
    static boolean alreadyHas(HttpServletRequest request, String etag) {
        ETag ours = ETag.create(etag);
        for (String value : values(request, HttpHeaders.IF_NONE_MATCH)) {
            if (value.strip().equals("*")) {
                return true;
            }
            for (ETag theirs : ETag.parse(value)) {
                if (theirs.compare(ours, false)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }
}
