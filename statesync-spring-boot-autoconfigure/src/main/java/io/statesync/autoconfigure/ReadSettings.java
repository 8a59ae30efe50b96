package io.statesync.autoconfigure;

import io.statesync.spring.SyncSettings;

/**
 * What the application's configuration says, read once and shared by all beans.
 *
 * @param properties as they are written, or by default
 * @param topics what they mean for topics and sources
 */
record ReadSettings(StateSyncProperties properties, SyncSettings topics) {}
