package io.statesync.autoconfigure;

import io.statesync.spring.SyncSettings;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which names of topics are really written somewhere. An environment variable can carry neither dashes nor capitals:
 * {@code STATESYNC_TOPICS_PRICELIST_STARTUP} changes {@code price-list}, and makes a phantom {@code pricelist} beside it.
 *
 * @param written the names in files, arguments and system properties
 */
record TopicNames(Set<String> written) {

    /** Whether the name is only another spelling of one that is written. */
    boolean isPhantom(String topic) {
        return !written.contains(topic) && written.stream().anyMatch(name -> SyncSettings.sameLoosely(name, topic));
    }

    /** Those of the names that are written nowhere but in the environment. */
    Set<String> loose(Collection<String> topics) {
        return topics.stream().filter(topic -> !written.contains(topic)).collect(Collectors.toSet());
    }
}
