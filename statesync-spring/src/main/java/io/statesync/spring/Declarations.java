package io.statesync.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the application's annotations say, as found, not yet put together. Filled by {@link TopicScanner} alone. */
final class Declarations {

    final List<ApplierDeclaration> appliers = new ArrayList<>();
    final List<SourceDeclaration> sources = new ArrayList<>();

    /** Topics that an {@link InvalidatesTopic} names, and where. */
    final Map<String, String> invalidated = new LinkedHashMap<>();

    /** Those of them that a method with {@code @Transactional} invalidates. */
    final Set<String> invalidatedInTransactions = new TreeSet<>();

    /** Topics that the {@link TopicBeans} are for, and where that is said. */
    final Map<String, String> tended = new LinkedHashMap<>();

    Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        appliers.forEach(it -> topics.add(it.topic()));
        sources.forEach(it -> topics.add(it.topic()));
        return topics;
    }
}
