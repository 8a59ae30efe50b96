package io.statesync.runtimes;

import io.statesync.spring.InvalidatesTopic;
import io.statesync.spring.TopicSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A source of truth. */
class Shop {

    private final Map<String, List<Price>> offers = new ConcurrentHashMap<>(Map.of("tea", List.of(Price.of("1"))));

    @TopicSource("offers")
    Map<String, List<Price>> offers() {
        return new TreeMap<>(offers);
    }

    @InvalidatesTopic("offers")
    void offer(String article, String amount) {
        offers.put(article, List.of(Price.of(amount)));
    }
}
