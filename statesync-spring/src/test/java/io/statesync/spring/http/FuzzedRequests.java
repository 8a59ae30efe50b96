package io.statesync.spring.http;

import io.statesync.spring.Fuzz;
import java.util.function.BiConsumer;

/** What a stranger may ask for: topics in any encoding, and headers in any state. */
record FuzzedRequests(Fuzz fuzz) {

    private static final String[] HEADERS = {
        "If-None-Match",
        "Accept",
        "Accept-Encoding",
        "Range",
        "If-Modified-Since",
        "If-Match",
        "Origin",
        "Expect",
        "Cookie"
    };
    private static final String[] VALUES = {
        "*",
        "\"\"",
        "W/\"1\"",
        "\"1-abc\", \"2\"",
        "\"unclosed",
        "application/json",
        "application/*;q=0.5",
        "*/*;q=0",
        "/",
        "text/html,",
        "gzip;q=0",
        "gzip, identity;q=1",
        "gzip;q=NaN",
        "br",
        ";;;",
        ",,,",
        "bytes=0-",
        "bytes=9-1",
        "identity"
    };

    String method() {
        return fuzz.oneIn(8) ? fuzz.oneOf("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "X") : "GET";
    }

    String path() {
        return switch (fuzz.below(8)) {
            case 0 -> "/revisions";
            case 1 -> "/snapshots/" + fuzz.mutated("feature~2eflags");
            case 2 -> "/snapshots/" + fuzz.mutated("prices");
            case 3 -> "/snapshots/" + fuzz.mutated("%70rices~c3~a4");
            case 4 -> "/snapshots/" + fuzz.text();
            case 5 -> "/" + fuzz.text() + "/snapshots/prices";
            default -> "/snapshots/prices";
        };
    }

    void headers(BiConsumer<String, String> add) {
        for (int count = fuzz.below(4); count > 0; count--) {
            add.accept(fuzz.oneOf(HEADERS), value());
        }
    }

    String value() {
        return switch (fuzz.below(4)) {
            case 0 -> fuzz.text();
            case 1 -> fuzz.mutated(fuzz.oneOf(VALUES));
            default -> fuzz.oneOf(VALUES);
        };
    }
}
