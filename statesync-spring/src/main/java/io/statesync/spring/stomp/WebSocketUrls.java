package io.statesync.spring.stomp;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The web socket of a source: given as it is, or below the base URL at which its snapshots are. */
final class WebSocketUrls {

    private WebSocketUrls() {}

    static List<URI> of(List<String> urls, String path) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a STOMP transport needs at least one URL, such as http://shop:8080");
        }
        return urls.stream().map(url -> of(url, path)).toList();
    }

    private static URI of(String url, String path) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw refused(url, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(url, null);
        }
        return switch (scheme) {
            case "ws", "wss" -> uri;
            case "http", "https" -> below(uri, "http".equals(scheme) ? "ws" : "wss", path);
            default -> throw refused(url, null);
        };
    }

    private static URI below(URI base, String scheme, String path) {
        String basePath = base.getRawPath() == null ? "" : base.getRawPath();
        String whole = (basePath + "/" + path + "/ws").replaceAll("/+", "/");
        return URI.create(scheme + "://" + base.getRawAuthority() + whole);
    }

    private static IllegalArgumentException refused(String url, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "\"" + url + "\" is no URL of a STOMP source: write its base URL, such as http://shop:8080 or"
                        + " https://shop:8443/app, or its web socket, such as wss://shop:8443/statesync/ws",
                cause);
    }
}
