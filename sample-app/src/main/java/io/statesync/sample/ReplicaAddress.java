package io.statesync.sample;

import java.net.URI;

/** A replica, for the page that shows it. */
record ReplicaAddress(String name, URI url) {

    /** Called as replicas call themselves: by their port. */
    static ReplicaAddress of(URI url) {
        if (url.getHost() == null) {
            throw new IllegalArgumentException(
                    "sample.replicas: \"" + url + "\" names no host. Write it as http://localhost:8082.");
        }
        return new ReplicaAddress("replica-" + (url.getPort() < 0 ? url.getHost() : url.getPort()), url);
    }
}
