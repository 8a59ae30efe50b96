package io.statesync.autoconfigure;

import io.statesync.SyncErrorContext;
import io.statesync.SyncListener;
import io.statesync.spring.TopicBeans;

/** What comes over a connection and belongs to no topic: all listeners hear of it that are for no single one. */
record StrayMessages(TopicBeans topics) implements SyncListener {

    @Override
    public void onError(SyncErrorContext context) {
        topics.listenersOfAll().forEach(listener -> listener.onError(context));
    }
}
