package io.statesync.spring.http;

class SnapshotEndpointOnJettyIT extends SnapshotEndpointContract {

    SnapshotEndpointOnJettyIT() {
        super(ServletContainer.JETTY);
    }
}
