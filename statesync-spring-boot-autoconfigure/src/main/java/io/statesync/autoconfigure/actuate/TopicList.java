package io.statesync.autoconfigure.actuate;

import java.util.List;

/**
 * All topics, as they are shown.
 *
 * @param topics sorted by name
 */
record TopicList(List<TopicView> topics) {}
