package io.statesync.spring;

/** Why the copy of a topic whose source is this application is not persisted. */
final class SourceIsHere {

    private SourceIsHere() {}

    static SetupException persisted(String topic, PersistenceSettings settings) {
        return new SetupException(
                settings.property() + ".storage is \"" + settings.storage() + "\", but the source of topic \"" + topic
                        + "\" is this application: what was saved would be older than the truth beside it.",
                "Remove the property: only copies of what is elsewhere are kept. To keep the truth itself, keep it where its"
                        + " @TopicSource method reads it.");
    }
}
