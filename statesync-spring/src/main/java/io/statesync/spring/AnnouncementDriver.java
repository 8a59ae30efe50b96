package io.statesync.spring;

import io.statesync.InvalidationPublisher;

/** Announces what changes in this application over one kind of transport. A bean of this type adds a transport. */
public interface AnnouncementDriver {

    /** What is written in {@code statesync.announce}. */
    String name();

    /**
     * Prepares to announce. Called once, and only if this transport is among those that are named. What has to be
     * closed is closed with this bean.
     *
     * @throws SetupException if what it announces over is not here
     */
    InvalidationPublisher open();
}
