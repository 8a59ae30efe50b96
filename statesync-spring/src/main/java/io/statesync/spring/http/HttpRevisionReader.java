package io.statesync.spring.http;

import io.statesync.Revision;
import io.statesync.RevisionReader;
import io.statesync.spring.json.RevisionsCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.UriUtils;

/** Asks a source for the current revisions of many topics: one request, or a few where the address would grow too long. */
final class HttpRevisionReader implements RevisionReader {

    /** Servers and proxies refuse request lines from 8 KB on. */
    private static final int MAX_QUERY = 6 * 1024;

    private final Instances instances;
    private final JsonExchange exchange;

    HttpRevisionReader(Instances instances, JsonExchange exchange) {
        this.instances = instances;
        this.exchange = exchange;
    }

    @Override
    public Map<String, Revision> current(Collection<String> topics) throws InterruptedException {
        Map<String, Revision> current = new HashMap<>();
        for (String query : queries(topics)) {
            current.putAll(ask(query));
        }
        current.keySet().retainAll(List.copyOf(topics));
        return current;
    }

    private Map<String, Revision> ask(String query) throws InterruptedException {
        return instances.ask(base -> exchange.get(
                        URI.create(base + "/revisions?" + query),
                        new Question(null, URI.create(base + "/revisions")),
                        null,
                        (body, headers) -> RevisionsCodec.decode(body))
                .orElseThrow());
    }

    private static List<String> queries(Collection<String> topics) {
        List<String> queries = new ArrayList<>();
        StringBuilder query = new StringBuilder();
        for (String topic : topics) {
            String parameter = "topic=" + UriUtils.encode(topic, StandardCharsets.UTF_8);
            if (!query.isEmpty() && query.length() + parameter.length() > MAX_QUERY) {
                queries.add(query.toString());
                query.setLength(0);
            }
            query.append(query.isEmpty() ? "" : "&").append(parameter);
        }
        if (!query.isEmpty()) {
            queries.add(query.toString());
        }
        return queries;
    }
}
