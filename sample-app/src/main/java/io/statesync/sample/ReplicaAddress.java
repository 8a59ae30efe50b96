package io.statesync.sample;

import java.net.URI;

/** A replica, for the page that shows it. */
record ReplicaAddress(String name, URI url) {

    /** Called as replicas call themselves: by their port. */
    static ReplicaAddress of(URI url) {
        return new ReplicaAddress("replica-" + (url.getPort() < 0 ? url.getHost() : url.getPort()), url);
    }
}
