package io.statesync.autoconfigure.actuate;

import java.util.List;

/**
 * One topic with its latest history, as it is shown.
 *
 * @param status the topic as in the list
 * @param events the last 50, oldest first
 * @param errors the last 50, oldest first
 */
record TopicDetail(TopicView status, List<TopicEvent> events, List<TopicError> errors) {}
